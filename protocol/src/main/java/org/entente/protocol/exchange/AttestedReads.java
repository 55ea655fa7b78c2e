package org.entente.protocol.exchange;

import org.entente.protocol.Digest;
import org.entente.protocol.Purpose;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// The versions behind one submission, each as final on its own chain.
public record AttestedReads(Digest submission, List<AttestedChain> chains) {
    public static final Format<AttestedReads> FORMAT =
            new Format<>(Purpose.ATTESTED, 128 * 1024, AttestedReads::write, AttestedReads::read);
    static final int CHAIN_COUNT_MAX = 16;

    public AttestedReads {
        chains = List.copyOf(chains);
        if (chains.size() > CHAIN_COUNT_MAX) {
            throw new IllegalArgumentException(
                    chains.size() + " chains where " + CHAIN_COUNT_MAX + " are allowed");
        }
        Sorted.requireStrictlyAscending(chains, "chains");
    }

    private static void write(Encoder encoder, AttestedReads attestedReads) {
        encoder.digest(attestedReads.submission).list(attestedReads.chains, AttestedChain::write);
    }

    private static AttestedReads read(Decoder decoder) {
        return new AttestedReads(
                decoder.digest(), decoder.list(CHAIN_COUNT_MAX, AttestedChain::read));
    }
}
