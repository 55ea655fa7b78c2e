package org.entente.protocol;

import java.math.BigInteger;

/// An ECDSA P-256 signature over a SHA-256 digest as the 64 bytes r‖s, low-S only: one signature
/// has one form.
public record Signature(Bytes bytes) {
    public static final int SIZE_BYTES = 64;
    private static final int HALF = 32;
    private static final Bytes ORDER = P256.pair(P256.ORDER, BigInteger.ZERO);
    private static final Bytes HALF_ORDER = P256.pair(P256.HALF_ORDER, BigInteger.ZERO);

    public Signature {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "a signature has the 64 bytes r‖s, not " + bytes.size());
        }
        if (isZero(bytes, 0) || compare(bytes, 0, ORDER) >= 0) {
            throw new IllegalArgumentException("r is not within the order of P-256");
        }
        if (isZero(bytes, HALF) || compare(bytes, HALF, HALF_ORDER) > 0) {
            throw new IllegalArgumentException("s is not in the lower half of the order of P-256");
        }
    }

    /// Brings a signature into its one form: n − s signs the same as s.
    public static Signature of(BigInteger r, BigInteger s) {
        BigInteger low = s.compareTo(P256.HALF_ORDER) > 0 ? P256.ORDER.subtract(s) : s;
        return new Signature(P256.pair(r, low));
    }

    public BigInteger r() {
        return number(bytes, 0);
    }

    public BigInteger s() {
        return number(bytes, HALF);
    }

    private static BigInteger number(Bytes bytes, int at) {
        return new BigInteger(1, bytes.slice(at, at + HALF).toArray());
    }

    private static boolean isZero(Bytes bytes, int at) {
        for (int index = 0; index < HALF; index++) {
            if (bytes.at(at + index) != 0) {
                return false;
            }
        }
        return true;
    }

    /// A number of 32 bytes with the first 32 of another.
    private static int compare(Bytes bytes, int at, Bytes other) {
        for (int index = 0; index < HALF; index++) {
            int order = Byte.compareUnsigned(bytes.at(at + index), other.at(index));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return bytes.hex();
    }
}
