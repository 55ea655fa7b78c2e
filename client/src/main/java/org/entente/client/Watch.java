package org.entente.client;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A deadline, and pauses before it that grow while nothing comes of it: those between two
/// questions about one attempt until it moves, those between two attempts to the end.
final class Watch {
    private final Patience patience;
    private final RandomGenerator random;
    private final long end;
    private int pauses;
    private int attempts;

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
        pause(patience.wait(pauses, random), asked);
    }

    /// Likewise before a further attempt. That the one before moved on before it failed makes this
    /// wait no shorter: a contract may count attempts, and what is away stays so for a while.
    void pauseBeforeAttempt(Optional<Duration> asked) throws Unreachable {
        attempts++;
        pause(patience.wait(attempts, random), asked);
    }

    private void pause(Duration own, Optional<Duration> asked) throws Unreachable {
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
