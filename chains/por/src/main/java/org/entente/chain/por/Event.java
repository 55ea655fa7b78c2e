package org.entente.chain.por;

import org.entente.light.NodeKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.util.List;

/// What a node is told.
public sealed interface Event {
    /// A peer is connected from now on.
    record Joined(NodeKey peer) implements Event {}

    record Left(NodeKey peer) implements Event {}

    /// A peer has a block.
    record Had(NodeKey peer, long height, Digest hash) implements Event {}

    /// A peer wants a block.
    record Fetched(NodeKey peer, Digest hash) implements Event {}

    /// A peer wants the best branch.
    record Asked(NodeKey peer, long from) implements Event {}

    /// A peer sent blocks.
    record Sent(NodeKey peer, List<Bytes> blocks) implements Event {
        public Sent {
            blocks = List.copyOf(blocks);
        }
    }

    /// Our own search found a nonce.
    record Found(Template template, long nonce) implements Event {}

    /// Our own search tried all nonces.
    record Exhausted(Template template) implements Event {}

    /// Time has passed.
    record Tick() implements Event {}
}
