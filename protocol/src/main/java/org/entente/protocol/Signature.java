package org.entente.protocol;

import java.math.BigInteger;

/// An ECDSA P-256 signature over a SHA-256 digest as the 64 bytes r‖s, low-S only: one signature
/// has one form.
public record Signature(Bytes bytes) {
    public static final int SIZE_BYTES = 64;

    public Signature {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "a signature has the 64 bytes r‖s, not " + bytes.size());
        }
        BigInteger r = number(bytes, 0);
        BigInteger s = number(bytes, 32);
        if (r.signum() == 0 || r.compareTo(P256.ORDER) >= 0) {
            throw new IllegalArgumentException("r is not within the order of P-256");
        }
        if (s.signum() == 0 || s.compareTo(P256.HALF_ORDER) > 0) {
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
        return number(bytes, 32);
    }

    private static BigInteger number(Bytes bytes, int at) {
        return new BigInteger(1, bytes.slice(at, at + 32).toArray());
    }

    @Override
    public String toString() {
        return bytes.hex();
    }
}
