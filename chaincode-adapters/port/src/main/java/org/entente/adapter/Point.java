package org.entente.adapter;

import org.entente.protocol.Bytes;

/// A block of a chain, by its height and its hash.
public record Point(long height, Bytes hash) {
    public static final int HASH_SIZE_BYTES_MAX = 64;

    public Point {
        if (height < 0) {
            throw new IllegalArgumentException("no block has the height " + height);
        }
        if (hash.isEmpty() || hash.size() > HASH_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a block hash has 1 to " + HASH_SIZE_BYTES_MAX + " bytes, not " + hash.size());
        }
    }

    @Override
    public String toString() {
        return "block " + height + " " + hash;
    }
}
