package org.entente.client;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A deadline, and pauses before it that grow while nothing comes of it.
final class Watch {
    private final Patience patience;
    private final RandomGenerator random;
    private final long end;
    private int pauses;

    Watch(Duration deadline, Patience patience, RandomGenerator random) {
        this.patience = patience;
        this.random = random;
        this.end = System.nanoTime() + deadline.toNanos();
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    boolean isOver() {
        return left().isZero();
    }

    /// Something came of it: the next pause is short again.
    void moved() {
        pauses = 0;
    }

    /// Whether who asks for a pause could be asked again before the deadline.
    boolean hasTimeFor(Optional<Duration> asked) {
        return asked.map(it -> it.compareTo(left()) < 0).orElse(true);
    }

    /// Waits as long as was asked for, at least as long as its own growing pause, never past the
    /// deadline.
    void pause(Optional<Duration> asked) throws Unreachable {
        pauses++;
        Duration own = patience.wait(pauses, random);
        Duration wait = asked.filter(it -> it.compareTo(own) > 0).orElse(own);
        Duration left = left();
        try {
            Thread.sleep(wait.compareTo(left) < 0 ? wait : left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable(
                    Unreachable.Kind.INTERRUPTED,
                    "interrupted while waiting",
                    "Ask for the exchange's status.");
        }
    }
}
