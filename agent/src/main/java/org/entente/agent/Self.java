package org.entente.agent;

import org.entente.certs.Signer;
import org.entente.protocol.ChainId;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;

import java.util.SortedSet;

/// Who sits in a seat: the agent, its key, and the chains that it sees itself.
public record Self(NodeId node, Signer signer, SortedSet<ChainId> chains) {
    public Self {
        chains = Sorted.copyOf(chains);
    }
}
