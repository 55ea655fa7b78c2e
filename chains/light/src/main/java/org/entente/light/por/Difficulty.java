package org.entente.light.por;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Optional;

/// What a header's hash must be below, for a chain of so many nodes: the smallest whole number not
/// below 2^W, where W is 256 less a power of two for each block that the node made lately.
///
/// The number is what mathematics says it is, found with bounds from below and above that are made
/// tighter until they agree; no machine's floating point decides who may make a block.
public record Difficulty(int nodes, Parameters parameters) {
    /// What every hash is below.
    public static final BigInteger NONE = BigInteger.ONE.shiftLeft(256);

    private static final int HASH_BITS = 256;
    private static final int BITS_FIRST = 384;
    private static final int BITS_ROUGH = 96;

    /// How many blocks back are looked at.
    public static int reach(int nodes) {
        return 2 * nodes;
    }

    /// @param distances of the blocks within reach that the node made: 1 is the newest block
    public BigInteger target(Collection<Integer> distances) {
        Optional<BigInteger> whole = whole(distances);
        if (whole.isPresent()) {
            return whole.get();
        }
        // Of what is left 2^W is irrational (docs/chains/por.md), so some bounds do part.
        for (int bits = BITS_FIRST; ; bits *= 2) {
            Optional<BigInteger> target = within(distances, bits);
            if (target.isPresent()) {
                return target.get();
            }
        }
    }

    /// Whether a hash is below the target. Bounds that are rough tell nearly always; they cost a
    /// twentieth of the target itself.
    ///
    /// @param hash a whole number from 0 on
    public boolean isBelow(BigInteger hash, Collection<Integer> distances) {
        Optional<BigInteger> whole = whole(distances);
        if (whole.isPresent()) {
            return hash.compareTo(whole.get()) < 0;
        }
        for (int bits = BITS_ROUGH; ; bits *= 2) {
            Interval work = work(distances, bits);
            if (work.high().signum() <= 0) {
                return hash.signum() == 0;
            }
            if (work.low().signum() > 0) {
                // A whole number is below 2^W rounded up when it is below 2^W.
                Interval power = work.powerOfTwo();
                BigInteger scaled = hash.shiftLeft(bits);
                if (scaled.compareTo(power.low()) < 0) {
                    return true;
                }
                if (scaled.compareTo(power.high()) >= 0) {
                    return false;
                }
            }
        }
    }

    /// Where every exponent is a whole number, W is one.
    private Optional<BigInteger> whole(Collection<Integer> distances) {
        BigInteger parts = Parameters.parts(nodes);
        BigInteger work = BigInteger.valueOf(HASH_BITS);
        for (int distance : distances) {
            BigInteger exponent = parameters.exponent(nodes, distance);
            if (exponent.signum() < 0 || exponent.mod(parts).signum() != 0) {
                return Optional.empty();
            }
            work = work.subtract(BigInteger.ONE.shiftLeft(exponent.divide(parts).intValueExact()));
        }
        return Optional.of(
                work.signum() > 0
                        ? BigInteger.ONE.shiftLeft(work.intValueExact())
                        : BigInteger.ONE);
    }

    private Interval work(Collection<Integer> distances, int bits) {
        Interval work = Interval.exactly(HASH_BITS, bits);
        for (int distance : distances) {
            work =
                    work.minus(
                            Interval.powerOfTwo(
                                    parameters.exponent(nodes, distance),
                                    Parameters.parts(nodes),
                                    bits));
        }
        return work;
    }

    private Optional<BigInteger> within(Collection<Integer> distances, int bits) {
        Interval work = work(distances, bits);
        if (work.high().signum() <= 0) {
            return Optional.of(BigInteger.ONE);
        }
        if (work.low().signum() <= 0) {
            return Optional.empty();
        }
        Interval target = work.powerOfTwo();
        BigInteger least = Interval.ceilingShift(target.low(), bits);
        BigInteger most = Interval.ceilingShift(target.high(), bits);
        return least.equals(most) ? Optional.of(least) : Optional.empty();
    }
}
