package org.entente.protocol.exchange;

import org.entente.protocol.Bytes;

/// What a key of a chain's state may be.
final class Keys {
    static final int SIZE_BYTES_MAX = 256;

    private Keys() {}

    static void require(Bytes key) {
        if (key.isEmpty() || key.size() > SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a key has 1 to " + SIZE_BYTES_MAX + " bytes, not " + key.size());
        }
    }
}
