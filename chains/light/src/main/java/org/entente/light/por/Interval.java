package org.entente.light.por;

import java.math.BigInteger;

/// A real number between two, both in units of 2 to the minus `bits`; both ends belong to it.
record Interval(BigInteger low, BigInteger high, int bits) {
    static Interval exactly(long value, int bits) {
        BigInteger scaled = BigInteger.valueOf(value).shiftLeft(bits);
        return new Interval(scaled, scaled, bits);
    }

    Interval plus(Interval other) {
        return new Interval(low.add(other.low), high.add(other.high), bits);
    }

    Interval minus(Interval other) {
        return new Interval(low.subtract(other.high), high.subtract(other.low), bits);
    }

    /// Times 2 to a whole power.
    Interval shifted(int power) {
        return power >= 0
                ? new Interval(low.shiftLeft(power), high.shiftLeft(power), bits)
                : new Interval(low.shiftRight(-power), ceilingShift(high, -power), bits);
    }

    /// 2 to the power of a fraction, whatever its sign.
    static Interval powerOfTwo(BigInteger numerator, BigInteger denominator, int bits) {
        BigInteger[] parts = floorDivide(numerator, denominator);
        return fraction(parts[1], denominator, bits).shifted(parts[0].intValueExact());
    }

    /// 2 to the power of what lies in this interval; of which both ends have the same whole part.
    Interval powerOfTwo() {
        BigInteger one = BigInteger.ONE.shiftLeft(bits);
        BigInteger[] least = floorDivide(low, one);
        BigInteger[] most = floorDivide(high, one);
        Interval from = fraction(least[1], one, bits).shifted(least[0].intValueExact());
        Interval to = fraction(most[1], one, bits).shifted(most[0].intValueExact());
        return new Interval(from.low, to.high, bits);
    }

    /// 2 to the power of a fraction from 0 to 1, as e to the power of its part of the logarithm of
    /// 2.
    private static Interval fraction(BigInteger numerator, BigInteger denominator, int bits) {
        Interval logarithm = logarithmOfTwo(bits);
        return new Interval(
                exponentialBelow(logarithm.low.multiply(numerator).divide(denominator), bits),
                exponentialAbove(
                        ceilingDivide(logarithm.high.multiply(numerator), denominator), bits),
                bits);
    }

    /// Two times the sum of 1 / ((2k + 1) 3^(2k + 1)). Each term lost less than one unit.
    private static Interval logarithmOfTwo(int bits) {
        BigInteger two = BigInteger.TWO.shiftLeft(bits);
        BigInteger nine = BigInteger.valueOf(9);
        BigInteger sum = BigInteger.ZERO;
        BigInteger power = BigInteger.valueOf(3);
        long terms = 0;
        BigInteger term = two.divide(power);
        while (term.signum() > 0) {
            sum = sum.add(term);
            terms++;
            power = power.multiply(nine);
            term = two.divide(power.multiply(BigInteger.valueOf(2 * terms + 1)));
        }
        // What was not added is less than the first term left out, itself below one unit.
        return new Interval(sum, sum.add(BigInteger.valueOf(terms + 2)), bits);
    }

    /// The series of e^y, each term rounded down; y from 0 to 1.
    private static BigInteger exponentialBelow(BigInteger y, int bits) {
        BigInteger term = BigInteger.ONE.shiftLeft(bits);
        BigInteger sum = term;
        for (long count = 1; term.signum() > 0; count++) {
            term = term.multiply(y).divide(BigInteger.valueOf(count).shiftLeft(bits));
            sum = sum.add(term);
        }
        return sum;
    }

    /// The same, each term rounded up. Behind the last the terms fall by at least half each time,
    /// so that all of them are less than it again.
    private static BigInteger exponentialAbove(BigInteger y, int bits) {
        BigInteger term = BigInteger.ONE.shiftLeft(bits);
        BigInteger sum = term;
        for (long count = 1; term.compareTo(BigInteger.ONE) > 0; count++) {
            term = ceilingDivide(term.multiply(y), BigInteger.valueOf(count).shiftLeft(bits));
            sum = sum.add(term);
        }
        return sum.add(term.shiftLeft(1)).add(BigInteger.TWO);
    }

    private static BigInteger[] floorDivide(BigInteger value, BigInteger by) {
        BigInteger remainder = value.mod(by);
        return new BigInteger[] {value.subtract(remainder).divide(by), remainder};
    }

    private static BigInteger ceilingDivide(BigInteger value, BigInteger by) {
        return floorDivide(value.negate(), by)[0].negate();
    }

    static BigInteger ceilingShift(BigInteger value, int places) {
        return value.negate().shiftRight(places).negate();
    }
}
