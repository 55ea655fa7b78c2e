package org.entente.chain.por.mining;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/// What a hash must be below, as unsigned integers.
///
/// @param value from 1, which only a hash of zeros is below, to 2²⁵⁶, which every hash is below
public record Target(BigInteger value) {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int HASH_BITS = 256;
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(HASH_BITS);

    public Target {
        if (value.signum() <= 0 || value.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(
                    "a target lies between 1 and 2^256, not " + value.bitLength() + " bits");
        }
    }

    /// Whether a hash is below it. Nearly all are judged by their first eight bytes.
    ///
    /// @param first [#first()], kept by who asks many times
    boolean isAbove(byte[] hash, long first) {
        int difference = Long.compareUnsigned((long) LONGS.get(hash, 0), first);
        return difference < 0 || (difference == 0 && new BigInteger(1, hash).compareTo(value) < 0);
    }

    /// Its first eight bytes; for 2²⁵⁶, which has one more, the largest: then the whole decides.
    long first() {
        return value.equals(MAX) ? -1 : value.shiftRight(HASH_BITS - Long.SIZE).longValue();
    }
}
