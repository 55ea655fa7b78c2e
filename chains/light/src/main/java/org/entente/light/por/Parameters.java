package org.entente.light.por;

import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.math.BigInteger;

/// How hard blocks are, as all members agreed: the paper's Max and Min.
///
/// @param max in ten-thousandths
/// @param min in ten-thousandths
/// @param nearest which distance counts in full
public record Parameters(int max, int min, Nearest nearest) {
    public static final int SCALE = 10_000;
    private static final int MAX_AT_MOST = 16 * SCALE;

    /// What the exponent of the block before is: the printed formula takes one step off already
    /// there, its prose begins at Max.
    public enum Nearest implements Coded {
        ONE_STEP_BELOW_MAX(0),
        MAX(1);

        private final int offset;

        Nearest(int offset) {
            this.offset = offset;
        }

        int offset() {
            return offset;
        }

        @Override
        public int code() {
            return offset + 1;
        }
    }

    public static void write(Encoder encoder, Parameters parameters) {
        encoder.u32(parameters.max).u32(parameters.min).coded(parameters.nearest);
    }

    public static Parameters read(Decoder decoder) {
        return new Parameters(decoder.u32(), decoder.u32(), decoder.coded(Nearest.class));
    }

    /// Whether a chain of so many nodes can live with them.
    public Verdict check(int nodes) {
        if (nodes < 1) {
            return Verdict.rejected(Fault.INVALID_VALUE, "a chain has at least one node");
        }
        if (min <= 0) {
            return Verdict.rejected(Fault.INVALID_VALUE, "Min is not above 0");
        }
        if ((long) max - min <= SCALE) {
            return Verdict.rejected(Fault.INVALID_VALUE, "Min is not below Max - 1");
        }
        if (max > MAX_AT_MOST) {
            return Verdict.rejected(Fault.INVALID_VALUE, "Max is above 16");
        }
        return step(nodes).signum() > 0
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.INVALID_VALUE, "Max - Min is too little for " + nodes + " nodes");
    }

    /// The count of digits behind the point with which a step is rounded down.
    static int digits(int nodes) {
        int digits = 0;
        for (long reach = 1; reach < 2L * nodes; reach *= 10) {
            digits++;
        }
        return digits;
    }

    /// By how much the exponent falls with each block of distance, in units of the last digit.
    BigInteger step(int nodes) {
        return BigInteger.valueOf((long) max - min)
                .multiply(BigInteger.TEN.pow(digits(nodes)))
                .divide(BigInteger.valueOf((2L * nodes - 1) * SCALE));
    }

    /// The parts into which the exponents of so many nodes are divided: all of them are whole.
    static BigInteger parts(int nodes) {
        return BigInteger.TEN.pow(Math.max(4, digits(nodes)));
    }

    /// The exponent of a block at a distance, in [#parts].
    BigInteger exponent(int nodes, int distance) {
        BigInteger parts = parts(nodes);
        BigInteger top = BigInteger.valueOf(max).multiply(parts).divide(BigInteger.valueOf(SCALE));
        BigInteger unit = parts.divide(BigInteger.TEN.pow(digits(nodes)));
        return top.subtract(
                step(nodes)
                        .multiply(unit)
                        .multiply(BigInteger.valueOf(distance - nearest.offset())));
    }
}
