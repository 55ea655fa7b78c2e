package org.entente.registry.contract;

import org.entente.protocol.Fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The weight that must be exceeded: reaching it exactly is not enough.
public sealed interface Threshold {
    int DENOMINATOR_MAX = 1000;

    /// A part of the total, such as 2/3.
    record Fraction(int numerator, int denominator) implements Threshold {
        public Fraction {
            if (numerator < 1 || denominator > DENOMINATOR_MAX || numerator >= denominator) {
                throw new IllegalArgumentException(
                        "a threshold is a fraction between 0 and 1 such as 1/2 or 2/3, not "
                                + numerator
                                + "/"
                                + denominator);
            }
        }

        @Override
        public String toString() {
            return numerator + "/" + denominator;
        }
    }

    /// So much weight, whatever the total.
    record Weight(long weight) implements Threshold {
        public Weight {
            if (weight < 0) {
                throw new IllegalArgumentException("a weight is not negative: " + weight);
            }
        }

        @Override
        public String toString() {
            return Long.toString(weight);
        }
    }

    /// The greatest whole weight that does not pass.
    default long bound(long total) {
        return switch (this) {
            case Fraction(int numerator, int denominator) -> total * numerator / denominator;
            case Weight(long weight) -> weight;
        };
    }

    default boolean isPassedBy(long weight, long total) {
        return weight > bound(total);
    }

    /// Whether passing takes more than half of the total, so that two disjoint sets cannot both
    /// pass.
    default boolean isAtLeastHalf(long total) {
        return bound(total) >= total / 2;
    }

    default boolean isReachable(long total) {
        return bound(total) < total;
    }

    /// Half of the total.
    static Threshold half() {
        return new Fraction(1, 2);
    }

    static Threshold fraction(String text) {
        Matcher matcher = Pattern.compile("([0-9]{1,4})/([0-9]{1,4})").matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a threshold is a fraction such as 1/2 or a weight, not '" + text + "'");
        }
        return new Fraction(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /// From a field that holds a fraction in words or a weight as a number.
    static Threshold read(JsonFields fields, String name, long total) {
        Threshold threshold =
                fields.isNumber(name)
                        ? new Weight(fields.number(name, 0, Long.MAX_VALUE))
                        : fields.value(name, Threshold::fraction);
        if (!threshold.isAtLeastHalf(total)) {
            throw fields.wrong(
                    name,
                    Fault.THRESHOLD_TOO_LOW,
                    "more than " + threshold + " of " + total + " can be half or less");
        }
        if (!threshold.isReachable(total)) {
            throw fields.invalid(name, "nobody can exceed " + threshold + " of " + total);
        }
        return threshold;
    }
}
