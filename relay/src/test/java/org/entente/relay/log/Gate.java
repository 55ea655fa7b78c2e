package org.entente.relay.log;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Holds the committer in a draft that appends nothing, so that a test decides what waits behind
/// it.
record Gate(CountDownLatch held) implements AutoCloseable {
    static Gate closed(Log log) throws LogUnavailable, InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        log.submit(_ -> {
            reached.countDown();
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Optional.empty();
        });
        reached.await();
        return new Gate(held);
    }

    void open() {
        held.countDown();
    }

    @Override
    public void close() {
        open();
    }
}
