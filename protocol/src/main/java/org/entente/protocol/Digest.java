package org.entente.protocol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A SHA-256 hash.
public record Digest(Bytes bytes) implements Comparable<Digest> {
    public static final int SIZE_BYTES = 32;
    public static final Digest ZERO = new Digest(Bytes.copyOf(new byte[SIZE_BYTES]));

    /// Never fed. To clone it costs a tenth of asking the providers for another one.
    private static final MessageDigest BLANK = blank();

    public Digest {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "a digest has " + SIZE_BYTES + " bytes, not " + bytes.size());
        }
    }

    public static Digest of(Bytes content) {
        MessageDigest sha256 = sha256();
        content.updateInto(sha256);
        return of(sha256);
    }

    /// Ends a hash that was begun by [#sha256()].
    public static Digest of(MessageDigest begun) {
        return new Digest(Bytes.of(begun.digest()));
    }

    public static Digest fromHex(String hex) {
        return new Digest(Bytes.fromHex(hex));
    }

    public static MessageDigest sha256() {
        try {
            return (MessageDigest) BLANK.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    private static MessageDigest blank() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public String hex() {
        return bytes.hex();
    }

    @Override
    public int compareTo(Digest other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
