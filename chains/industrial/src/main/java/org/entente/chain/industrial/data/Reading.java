package org.entente.chain.industrial.data;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.merkle.TreeHash;

import java.nio.ByteBuffer;

/// One value of a series.
///
/// @param at nanoseconds since 1970
/// @param value a whole number; the series' scale says where its point is
/// @param quality 0 to 255, in the words of the series' schema
public record Reading(long at, long value, int quality) {
    static final int SIZE_BYTES = 17;

    public Reading {
        if (quality < 0 || quality > 0xff) {
            throw new IllegalArgumentException("a quality is 0 to 255, not " + quality);
        }
    }

    /// Its place in the tree of its batch.
    public Digest leaf() {
        return TreeHash.leaf(
                Bytes.copyOf(
                        ByteBuffer.allocate(SIZE_BYTES)
                                .putLong(at)
                                .putLong(value)
                                .put((byte) quality)
                                .array()));
    }
}
