package org.entente.protocol.exchange;

import org.entente.protocol.NodeId;
import org.entente.protocol.Signature;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.List;

/// One endorser's word for the versions behind one submission: where the digest of its
/// [AttestedReads] stands in the batch it signed.
public record Attestation(
        NodeId endorser, List<AttestedChain> chains, BatchPlace place, Signature signature)
        implements Comparable<Attestation> {

    public Attestation {
        chains = List.copyOf(chains);
        Sorted.requireStrictlyAscending(chains, "chains");
    }

    static void write(Encoder encoder, Attestation attestation) {
        encoder.node(attestation.endorser).list(attestation.chains, AttestedChain::write);
        BatchPlace.write(encoder, attestation.place);
        encoder.signature(attestation.signature);
    }

    static Attestation read(Decoder decoder) {
        return new Attestation(
                decoder.node(),
                decoder.list(AttestedReads.CHAIN_COUNT_MAX, AttestedChain::read),
                BatchPlace.read(decoder),
                decoder.signature());
    }

    /// By endorser alone: each appears once.
    @Override
    public int compareTo(Attestation other) {
        return endorser.compareTo(other.endorser);
    }
}
