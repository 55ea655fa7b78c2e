package org.entente.relay.log;

import java.util.Optional;

/// What opening a log found.
///
/// @param size how many records it has
/// @param closed whether it had been closed in good order
/// @param cut what was taken off its end, if anything
public record Recovered(long size, int segments, Closing closed, Optional<Cut> cut) {
    /// How the log was left the last time.
    public enum Closing {
        NEW,
        IN_GOOD_ORDER,
        CRASHED
    }

    /// The bytes of a batch that was never forced, so never acknowledged.
    ///
    /// @param firstSerial the serial that its first record had or would have had
    public record Cut(String file, long offset, long sizeBytes, long firstSerial, String why) {}
}
