package org.entente.protocol.exchange;

import org.entente.protocol.NodeId;
import org.entente.protocol.Signature;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// One agent's word for one digest: where the digest stands in the batch that the agent signed. An
/// endorsement vouches for a proposal, an observation for a settlement.
public record Vouch(NodeId agent, BatchPlace place, Signature signature)
        implements Comparable<Vouch> {

    public static void write(Encoder encoder, Vouch vouch) {
        encoder.node(vouch.agent);
        BatchPlace.write(encoder, vouch.place);
        encoder.signature(vouch.signature);
    }

    public static Vouch read(Decoder decoder) {
        return new Vouch(decoder.node(), BatchPlace.read(decoder), decoder.signature());
    }

    /// By agent alone: each appears once.
    @Override
    public int compareTo(Vouch other) {
        return agent.compareTo(other.agent);
    }
}
