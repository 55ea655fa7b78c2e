package org.entente.protocol.exchange;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.List;

/// What an endorser saw on one chain: its final head, and the versions of the keys that were read.
public record AttestedChain(
        ChainId chain, long finalHeight, Bytes finalHash, List<KeyVersion> versions)
        implements Comparable<AttestedChain> {
    static final int HASH_SIZE_BYTES_MAX = 64;

    public AttestedChain {
        versions = List.copyOf(versions);
        if (versions.size() > ReadSet.COUNT_MAX) {
            throw new IllegalArgumentException(
                    versions.size() + " versions where " + ReadSet.COUNT_MAX + " are allowed");
        }
        Sorted.requireStrictlyAscending(versions, "versions");
        if (finalHash.isEmpty() || finalHash.size() > HASH_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a block hash has 1 to " + HASH_SIZE_BYTES_MAX + " bytes");
        }
    }

    static void write(Encoder encoder, AttestedChain attestedChain) {
        encoder.chain(attestedChain.chain)
                .u64(attestedChain.finalHeight)
                .bytes(attestedChain.finalHash)
                .list(attestedChain.versions, KeyVersion::write);
    }

    static AttestedChain read(Decoder decoder) {
        return new AttestedChain(
                decoder.chain(),
                decoder.u64(),
                decoder.bytes(HASH_SIZE_BYTES_MAX),
                decoder.list(ReadSet.COUNT_MAX, KeyVersion::read));
    }

    /// By chain alone: each appears once.
    @Override
    public int compareTo(AttestedChain other) {
        return chain.compareTo(other.chain);
    }
}
