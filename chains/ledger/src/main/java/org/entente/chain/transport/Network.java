package org.entente.chain.transport;

import java.util.function.Supplier;

/// What all connections of a node share.
///
/// @param own what is said first, anew for each connection
record Network(
        PeersConfiguration configuration,
        Supplier<Introduction> own,
        PeerHandler handler,
        Standing standing,
        Roster roster,
        Tally tally,
        Crew crew) {
    /// Who the node is now.
    Self self() {
        return roster.self();
    }

    PeerTimes times() {
        return configuration.times();
    }
}
