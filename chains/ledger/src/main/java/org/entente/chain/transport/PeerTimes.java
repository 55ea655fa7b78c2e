package org.entente.chain.transport;

import java.time.Duration;
import java.util.List;

/// What a connection has time for.
///
/// @param pingEvery each end shows that it lives
/// @param silenceMax without any byte from the other end it is given up
/// @param introductionTimeMax from the connection to both introductions, TLS included
/// @param frameTimeMax from a frame's first byte to its last
/// @param sendTimeMax for the other end to read one frame
/// @param retryMin until a peer is dialled again; doubled each time
/// @param retryMax until a peer that was dialled many times is dialled again
/// @param lasting a connection that lasted so long begins the count anew
public record PeerTimes(
        Duration pingEvery,
        Duration silenceMax,
        Duration introductionTimeMax,
        Duration frameTimeMax,
        Duration sendTimeMax,
        Duration retryMin,
        Duration retryMax,
        Duration lasting) {
    public static final PeerTimes STANDARD =
            new PeerTimes(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10));

    public PeerTimes {
        for (Duration each :
                List.of(pingEvery, introductionTimeMax, frameTimeMax, sendTimeMax, retryMin)) {
            if (each.toMillis() < 1) {
                throw new IllegalArgumentException("no time for a peer: " + each);
            }
        }
        if (silenceMax.compareTo(pingEvery) <= 0 || retryMax.compareTo(retryMin) < 0) {
            throw new IllegalArgumentException(
                    "shown every "
                            + pingEvery
                            + ", given up after "
                            + silenceMax
                            + "; dialled"
                            + " again after "
                            + retryMin
                            + " up to "
                            + retryMax);
        }
    }
}
