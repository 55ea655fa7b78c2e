package org.entente.relay;

import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.registry.contract.FlowName;

/// What a replaced final block means for an exchange that the log has as VALID (protocol.md §6.8):
/// a view of the log and of what agents say, never an entry.
///
/// @param height from which on the chain's blocks may be others
public record Affected(
        long serial, Digest exchange, FlowName flow, ChainId chain, long height, What what) {
    /// Which part of it.
    public enum What {
        /// It read keys of the chain at that height or above it.
        READ,
        /// It was delivered there, and nobody has looked yet whether that is still so.
        UNSEEN,
        /// Its delivery vanished, and is to be made again.
        VANISHED,
        /// The chain has another end of it than the log.
        ANOTHER_END
    }
}
