package org.entente.chain.transport;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Keeps one wanted peer connected: dials it while it is not, again and again.
final class Dialler {
    /// Something else wakes it long before.
    private static final long LONG_NANOS = Duration.ofDays(1).toNanos();

    /// Dials, and serves the connection to its end.
    interface Dial {
        /// @return how long it was open, in nanoseconds; 0 when it never was
        long to(PeerKey key, PeerAddress address) throws InterruptedException;
    }

    private final PeerKey key;
    private final Network network;
    private final Dial dial;
    private volatile PeerAddress address;
    private volatile boolean moved;
    private volatile boolean stopped;

    Dialler(PeerKey key, PeerAddress address, Network network, Dial dial) {
        this.key = key;
        this.address = address;
        this.network = network;
        this.dial = dial;
    }

    /// From now on it listens elsewhere.
    void move(PeerAddress to) {
        if (!to.equals(address)) {
            address = to;
            moved = true;
        }
    }

    void stop() {
        stopped = true;
    }

    void run() {
        Backoff backoff = new Backoff(network.times().retryMin(), network.times().retryMax());
        try {
            while (!stopped) {
                if (once() >= network.times().lasting().toNanos()) {
                    backoff.begin();
                }
                Duration pause = backoff.next(ThreadLocalRandom.current());
                network.roster().await(() -> stopped || moved, pause.toNanos());
                if (moved) {
                    moved = false;
                    backoff.begin();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return for how long it was connected
    private long once() throws InterruptedException {
        long begun = System.nanoTime();
        if (network.roster().has(key)) {
            network.roster().await(() -> stopped || !network.roster().has(key), LONG_NANOS);
            return System.nanoTime() - begun;
        }
        long refused = network.standing().refusedForNanos(key, begun);
        if (refused > 0) {
            network.roster().await(() -> stopped, refused);
            return 0;
        }
        return dial.to(key, address);
    }
}
