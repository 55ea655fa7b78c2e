package org.entente.runtime.http;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes of bodies may be held at the same time, over all connections.
final class Room {
    private final long sizeMax;
    private final AtomicLong taken = new AtomicLong();

    Room(long sizeMax) {
        this.sizeMax = sizeMax;
    }

    boolean take(long bytes) {
        if (taken.addAndGet(bytes) > sizeMax) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
