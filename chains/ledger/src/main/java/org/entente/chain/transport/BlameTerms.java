package org.entente.chain.transport;

import java.time.Duration;

/// How long what is held against a key counts.
///
/// @param forgivenIn 100 points; fewer in proportion
/// @param refusedFor a key that has reached 100
public record BlameTerms(Duration forgivenIn, Duration refusedFor) {
    public static final BlameTerms STANDARD =
            new BlameTerms(Duration.ofMinutes(10), Duration.ofMinutes(10));

    public BlameTerms {
        if (forgivenIn.toMillis() < 1 || refusedFor.isNegative()) {
            throw new IllegalArgumentException(
                    "forgiven in " + forgivenIn + ", refused for " + refusedFor);
        }
    }
}
