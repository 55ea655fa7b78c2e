package org.entente.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next try: twice as long each time up to a limit, half of it by
/// chance, so that agents that lost the same relay do not all come back at the same moment.
public record Backoff(Duration first, Duration max, int failures) {
    private static final int DOUBLINGS_MAX = 30;

    public Backoff {
        if (first.toMillis() < 1 || max.compareTo(first) < 0 || failures < 0) {
            throw new IllegalArgumentException(
                    "no backoff from " + first + " to " + max + " after " + failures);
        }
    }

    public static Backoff between(Duration first, Duration max) {
        return new Backoff(first, max, 0);
    }

    public Backoff failed() {
        return new Backoff(first, max, Math.min(failures + 1, DOUBLINGS_MAX));
    }

    public Backoff succeeded() {
        return between(first, max);
    }

    /// After the failures so far.
    public Duration pause(RandomGenerator random) {
        int doublings = Math.max(0, failures - 1);
        long millis = Math.min(max.toMillis(), first.toMillis() << Math.min(doublings, 20));
        return Duration.ofMillis(Math.max(1, millis / 2 + random.nextLong(millis / 2 + 1)));
    }
}
