package org.entente.protocol.exchange;

import org.entente.protocol.NodeId;
import org.entente.protocol.Signature;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// One endorser's word for one proposal: where the proposal's digest stands in the batch it signed.
public record Endorsement(NodeId endorser, BatchPlace place, Signature signature)
        implements Comparable<Endorsement> {

    static void write(Encoder encoder, Endorsement endorsement) {
        encoder.node(endorsement.endorser);
        BatchPlace.write(encoder, endorsement.place);
        encoder.signature(endorsement.signature);
    }

    static Endorsement read(Decoder decoder) {
        return new Endorsement(decoder.node(), BatchPlace.read(decoder), decoder.signature());
    }

    /// By endorser alone: each appears once.
    @Override
    public int compareTo(Endorsement other) {
        return endorser.compareTo(other.endorser);
    }
}
