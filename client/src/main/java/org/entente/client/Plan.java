package org.entente.client;

import java.time.Duration;

/// How long an asking may take.
///
/// @param until what is waited for
/// @param validity how long each attempt's request holds
/// @param deadline after which nothing is sent any more
public record Plan(Until until, Duration validity, Duration deadline, Patience patience) {
    private static final Duration VALIDITY_MAX = Duration.ofHours(24);
    public static final Plan STANDARD =
            new Plan(
                    Until.SETTLED,
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(60),
                    Patience.STANDARD);

    public Plan {
        if (!validity.isPositive() || validity.compareTo(VALIDITY_MAX) > 0) {
            throw new IllegalArgumentException("a request holds up to 24 h, not " + validity);
        }
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException("the deadline lies ahead, not at " + deadline);
        }
    }

    public Plan until(Until next) {
        return new Plan(next, validity, deadline, patience);
    }

    public Plan deadline(Duration next) {
        return new Plan(until, validity, next, patience);
    }
}
