package org.entente.protocol;

import java.math.BigInteger;

/// A P-256 public key as the 64 bytes x‖y, the form the EVM's precompile takes.
public record VerifyingKey(Bytes bytes) implements Comparable<VerifyingKey> {
    public static final int SIZE_BYTES = 64;

    public VerifyingKey {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "a P-256 key has the 64 bytes x‖y, not " + bytes.size());
        }
        if (!P256.isOnCurve(coordinate(bytes, 0), coordinate(bytes, 32))) {
            throw new IllegalArgumentException("not a point of P-256: " + bytes);
        }
    }

    public static VerifyingKey of(BigInteger x, BigInteger y) {
        return new VerifyingKey(P256.pair(x, y));
    }

    public BigInteger x() {
        return coordinate(bytes, 0);
    }

    public BigInteger y() {
        return coordinate(bytes, 32);
    }

    private static BigInteger coordinate(Bytes bytes, int at) {
        return new BigInteger(1, bytes.slice(at, at + 32).toArray());
    }

    @Override
    public int compareTo(VerifyingKey other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.hex();
    }
}
