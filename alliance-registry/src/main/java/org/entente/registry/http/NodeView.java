package org.entente.registry.http;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.NodeId;
import org.entente.protocol.VerifyingKey;
import org.entente.registry.NodeRole;
import org.entente.registry.RegisteredNode;

import java.util.SortedSet;

record NodeView(
        NodeId node,
        VerifyingKey key,
        SortedSet<ChainId> chains,
        SortedSet<NodeRole> roles,
        Bytes certificate,
        String validUntil,
        long since) {
    static NodeView of(RegisteredNode node) {
        return new NodeView(
                node.id(),
                node.certificate().key(),
                node.chains(),
                node.roles(),
                node.certificate().der(),
                node.certificate().notAfter().toString(),
                node.since());
    }
}
