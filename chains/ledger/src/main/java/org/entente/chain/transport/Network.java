package org.entente.chain.transport;

import org.entente.certs.tls.TlsIdentity;

import java.util.function.Supplier;

/// What all connections of a node share.
///
/// @param key the node's own
/// @param own what is said first, anew for each connection
record Network(
        PeersConfiguration configuration,
        TlsIdentity identity,
        PeerKey key,
        Supplier<Introduction> own,
        PeerHandler handler,
        Standing standing,
        Roster roster,
        Tally tally,
        Crew crew) {
    PeerTimes times() {
        return configuration.times();
    }
}
