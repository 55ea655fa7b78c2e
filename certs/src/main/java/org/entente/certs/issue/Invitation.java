package org.entente.certs.issue;

import org.entente.certs.HostName;
import org.entente.protocol.NodeId;

import java.time.Instant;
import java.util.SortedSet;

/// What a node needs to enrol, once. The token is shown here and kept nowhere: the ledger holds its
/// SHA-256.
public record Invitation(NodeId node, SortedSet<HostName> hosts, String token, Instant expires) {
    @Override
    public String toString() {
        return "an invitation of " + node + " until " + expires;
    }
}
