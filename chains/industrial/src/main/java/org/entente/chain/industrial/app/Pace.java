package org.entente.chain.industrial.app;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// When groups of accounts send: each as soon as its last ones are final, or, once it has begun,
/// all together so many a second, however long the answers take. What is late for its time has
/// waited since that time.
final class Pace {
    private static final long AT_ONCE = 0;

    private final long everyNanos;
    private final Duration pause;
    private final AtomicLong turns = new AtomicLong();

    /// Empty while nobody counts: as much as there is warms a network best.
    private volatile Optional<Long> begun = Optional.empty();

    private Pace(long everyNanos, Duration pause) {
        this.everyNanos = everyNanos;
        this.pause = pause;
    }

    /// @param pause of a group between an answer and what it sends next
    static Pace answered(Duration pause) {
        return new Pace(AT_ONCE, pause);
    }

    /// @param perSecond groups that send
    static Pace offered(double perSecond) {
        return new Pace(Math.max(1, Math.round(1e9 / perSecond)), Duration.ZERO);
    }

    /// From now on the rate holds.
    void begin() {
        begun = Optional.of(System.nanoTime());
    }

    /// Waits for the next turn of whichever group asks.
    ///
    /// @return the time of it
    long next() throws InterruptedException {
        Optional<Long> from = begun;
        if (everyNanos == AT_ONCE || from.isEmpty()) {
            return System.nanoTime();
        }
        long due = from.get() + turns.getAndIncrement() * everyNanos;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return due;
    }

    void rest() throws InterruptedException {
        Thread.sleep(pause);
    }
}
