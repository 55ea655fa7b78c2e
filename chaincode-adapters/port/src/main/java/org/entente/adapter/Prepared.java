package org.entente.adapter;

import org.entente.protocol.Bytes;

/// A transaction that is ready to be sent, and sent again.
///
/// @param id what the chain will call it
/// @param bytes all of it, signed
public record Prepared(Bytes id, Bytes bytes) {
    public static final int ID_SIZE_BYTES_MAX = 64;

    public Prepared {
        if (id.isEmpty() || id.size() > ID_SIZE_BYTES_MAX || bytes.isEmpty()) {
            throw new IllegalArgumentException(
                    "no transaction: an id of " + id.size() + " bytes, " + bytes.size() + " bytes");
        }
    }
}
