package org.entente.protocol.exchange;

import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.List;

/// One endorser's word for the versions behind one submission: what it saw, and its vouch for the
/// digest of the [AttestedReads] that says so.
public record Attestation(Vouch vouch, List<AttestedChain> chains)
        implements Comparable<Attestation> {

    public Attestation {
        chains = List.copyOf(chains);
        Sorted.requireStrictlyAscending(chains, "chains");
    }

    public static void write(Encoder encoder, Attestation attestation) {
        Vouch.write(encoder, attestation.vouch);
        encoder.list(attestation.chains, AttestedChain::write);
    }

    public static Attestation read(Decoder decoder) {
        return new Attestation(
                Vouch.read(decoder),
                decoder.list(AttestedReads.CHAIN_COUNT_MAX, AttestedChain::read));
    }

    /// By endorser alone: each appears once.
    @Override
    public int compareTo(Attestation other) {
        return vouch.compareTo(other.vouch);
    }
}
