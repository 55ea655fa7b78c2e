package org.entente.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long one attempt may take, how long all of them together, and how the waits between them
/// grow.
///
/// @param attemptTimeMax from the first byte sent to the last one received
/// @param timeMax after which no further attempt begins
public record Patience(
        Duration attemptTimeMax, Duration timeMax, Duration waitMin, Duration waitMax) {
    public static final Patience STANDARD =
            new Patience(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(45),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(5));

    /// The same for one attempt alone.
    Patience once() {
        return new Patience(attemptTimeMax, Duration.ZERO, waitMin, waitMax);
    }

    /// Doubles with each attempt up to the greatest; a random half of it is left out, so that
    /// clients that were turned away together do not come back together.
    Duration wait(int attempt, RandomGenerator random) {
        long whole =
                Math.min(
                        waitMax.toMillis(),
                        waitMin.toMillis() << Math.min(attempt - 1, Integer.SIZE / 2));
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
