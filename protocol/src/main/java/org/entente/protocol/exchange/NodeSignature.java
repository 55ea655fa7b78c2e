package org.entente.protocol.exchange;

import org.entente.protocol.NodeId;
import org.entente.protocol.Signature;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// A signature together with the node whose key made it. What was signed is said where it stands.
public record NodeSignature(NodeId node, Signature signature) implements Comparable<NodeSignature> {

    public static void write(Encoder encoder, NodeSignature signed) {
        encoder.node(signed.node).signature(signed.signature);
    }

    public static NodeSignature read(Decoder decoder) {
        return new NodeSignature(decoder.node(), decoder.signature());
    }

    /// By node alone: each signs once.
    @Override
    public int compareTo(NodeSignature other) {
        return node.compareTo(other.node);
    }
}
