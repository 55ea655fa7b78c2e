package org.entente.protocol.merkle;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.security.MessageDigest;

/// The two hashes of a tree (RFC 9162 §2.1.1). Their first byte keeps a leaf from passing for an
/// inner node and the other way round.
public final class TreeHash {
    /// The root of a tree without leaves: SHA-256 of nothing.
    public static final Digest EMPTY_ROOT = Digest.of(Bytes.EMPTY);

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;

    private TreeHash() {}

    public static Digest leaf(Bytes data) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(LEAF);
        data.updateInto(sha256);
        return Digest.of(sha256);
    }

    public static Digest node(Digest left, Digest right) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(NODE);
        left.bytes().updateInto(sha256);
        right.bytes().updateInto(sha256);
        return Digest.of(sha256);
    }
}
