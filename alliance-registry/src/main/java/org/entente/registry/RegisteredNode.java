package org.entente.registry;

import org.entente.certs.Certificate;
import org.entente.protocol.ChainId;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;

import java.util.SortedSet;

/// A node in the registry, with the identity certificate in force.
///
/// @param renewals how often certificate, chains or roles were renewed
/// @param since the serial at which it was added
public record RegisteredNode(
        NodeId id,
        Certificate certificate,
        SortedSet<ChainId> chains,
        SortedSet<NodeRole> roles,
        int renewals,
        long since) {
    public RegisteredNode {
        chains = Sorted.copyOf(chains);
        roles = Sorted.copyOf(roles);
    }

    StateItem item() {
        return StateItem.of(
                StateItem.Kind.NODE,
                id,
                to ->
                        to.node(id)
                                .bytes(certificate.der())
                                .list(chains, (encoder, chain) -> encoder.text(chain.text()))
                                .list(roles, (encoder, role) -> encoder.coded(role))
                                .u32(renewals)
                                .u64(since));
    }
}
