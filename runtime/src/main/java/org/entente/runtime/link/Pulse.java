package org.entente.runtime.link;

import java.time.Duration;

/// How an end finds out that the other one is gone, also where no connection breaks.
///
/// @param pingEvery it asks whether the other end lives
/// @param silenceMax without any sign of life the line is given up
public record Pulse(Duration pingEvery, Duration silenceMax) {
    public static final Pulse STANDARD = new Pulse(Duration.ofSeconds(10), Duration.ofSeconds(30));

    public Pulse {
        if (pingEvery.toMillis() < 1 || silenceMax.compareTo(pingEvery) <= 0) {
            throw new IllegalArgumentException(
                    "asked every " + pingEvery + ", given up after " + silenceMax);
        }
    }
}
