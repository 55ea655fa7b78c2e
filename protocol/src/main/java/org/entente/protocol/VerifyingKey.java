package org.entente.protocol;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;

/// A P-256 public key as the 64 bytes x‖y, the form the EVM's precompile takes.
public record VerifyingKey(Bytes bytes) implements Comparable<VerifyingKey> {
    public static final int SIZE_BYTES = 64;

    /// Points that were found to be on the curve, each at the one place where it is looked for: the
    /// few keys there are come with every object, and looking whether one is a point costs more
    /// than all else about decoding it. What falls on the same place, or two threads at once, lose
    /// a memory and never make one; so nothing is locked.
    private static final @Nullable Bytes[] POINTS = new Bytes[1 << 14];

    public VerifyingKey {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "a P-256 key has the 64 bytes x‖y, not " + bytes.size());
        }
        if (!isRemembered(bytes)) {
            if (!P256.isOnCurve(coordinate(bytes, 0), coordinate(bytes, 32))) {
                throw new IllegalArgumentException("not a point of P-256: " + bytes);
            }
            POINTS[place(bytes)] = bytes;
        }
    }

    private static boolean isRemembered(Bytes point) {
        Bytes known = POINTS[place(point)];
        return known != null && known.equals(point);
    }

    private static int place(Bytes point) {
        return point.hashCode() & (POINTS.length - 1);
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
