package org.entente.protocol;

import java.math.BigInteger;

/// The numbers of the curve P-256 (FIPS 186-4, D.1.2.3) that decide whether a key or a signature
/// can be one.
final class P256 {
    static final BigInteger ORDER =
            number("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
    private static final BigInteger PRIME =
            number("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static final BigInteger A = PRIME.subtract(BigInteger.valueOf(3));
    private static final BigInteger B =
            number("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    private P256() {}

    static boolean isOnCurve(BigInteger x, BigInteger y) {
        return x.compareTo(PRIME) < 0
                && y.compareTo(PRIME) < 0
                && y.multiply(y)
                        .mod(PRIME)
                        .equals(x.multiply(x).add(A).multiply(x).add(B).mod(PRIME));
    }

    /// Two numbers as 64 bytes, each 32 bytes big-endian.
    static Bytes pair(BigInteger first, BigInteger second) {
        byte[] joined = new byte[64];
        place(first, joined, 0);
        place(second, joined, 32);
        return Bytes.copyOf(joined);
    }

    private static void place(BigInteger number, byte[] target, int at) {
        if (number.signum() < 0 || number.bitLength() > 256) {
            throw new IllegalArgumentException("not a number of 256 bits: " + number);
        }
        byte[] bytes = number.toByteArray();
        int size = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - size, target, at + 32 - size, size);
    }

    private static BigInteger number(String hex) {
        return new BigInteger(hex, 16);
    }
}
