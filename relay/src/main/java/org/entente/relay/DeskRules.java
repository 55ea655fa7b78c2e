package org.entente.relay;

import java.time.Duration;

/// How long a desk waits and how much it takes at a time (docs/exchange.md §4).
///
/// @param proposing a host proposes within
/// @param endorsing endorsers answer within, after the proposal
/// @param attesting attestations are waited for
/// @param ordering a promise: ordered within
/// @param sealing grown is said again to who has not sealed
/// @param bringing the next deliverer, without an answer
/// @param pauseMin before the second try of a delivery; doubled for each further one
/// @param pauseMax the longest of these
/// @param tries before a delivery is parked
/// @param parked between the tries of a parked delivery
/// @param observing observe is said again
/// @param remembering how long an ask that was never ordered is remembered after its end
/// @param collectingMax requests that are collected at a time
/// @param collectingMaxEach of one organisation
/// @param copiesMax of one submission that are ordered
/// @param bringingMaxEach deliveries to one chain that are under way at a time
public record DeskRules(
        Duration proposing,
        Duration endorsing,
        Duration attesting,
        Duration ordering,
        Duration sealing,
        Duration bringing,
        Duration pauseMin,
        Duration pauseMax,
        int tries,
        Duration parked,
        Duration observing,
        Duration remembering,
        int collectingMax,
        int collectingMaxEach,
        int copiesMax,
        int bringingMaxEach) {
    public static final DeskRules STANDARD =
            new DeskRules(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(30),
                    8,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(10),
                    4_096,
                    1_024,
                    4,
                    64);

    /// @param all requests that are collected at a time
    /// @param each of one organisation
    public DeskRules collecting(int all, int each) {
        return with(tries, all, each);
    }

    /// @param count before a delivery is parked
    public DeskRules tries(int count) {
        return with(count, collectingMax, collectingMaxEach);
    }

    private DeskRules with(int nextTries, int all, int each) {
        return new DeskRules(
                proposing,
                endorsing,
                attesting,
                ordering,
                sealing,
                bringing,
                pauseMin,
                pauseMax,
                nextTries,
                parked,
                observing,
                remembering,
                all,
                each,
                copiesMax,
                bringingMaxEach);
    }

    /// Before the try that follows on so many failed ones.
    Duration pause(int failed) {
        Duration doubled = pauseMin.multipliedBy(1L << Math.min(failed, 16));
        return doubled.compareTo(pauseMax) > 0 ? pauseMax : doubled;
    }
}
