package org.entente.chain;

import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.Optional;

/// A whole number as values hold it: in decimal digits, with a minus before them where it is below
/// zero.
public record Whole(long number) {
    private static final int DIGIT_COUNT_MAX = 18;
    private static final long MAX = 999_999_999_999_999_999L;

    public Whole {
        if (number < -MAX || number > MAX) {
            throw new IllegalArgumentException(
                    "a whole number has at most " + DIGIT_COUNT_MAX + " digits, not " + number);
        }
    }

    /// The number that a value is, if it is one.
    public static Optional<Whole> of(Bytes value) {
        // A sign and the digits are a byte each: what is longer is none, and is not looked at.
        if (value.size() > DIGIT_COUNT_MAX + 1) {
            return Optional.empty();
        }
        String text = value.asUtf8();
        return text.matches("-?[0-9]{1," + DIGIT_COUNT_MAX + "}")
                ? Optional.of(new Whole(Long.parseLong(text)))
                : Optional.empty();
    }

    /// The sum, unless it has too many digits.
    public Optional<Whole> plus(Whole other) {
        long sum = number + other.number;
        return sum < -MAX || sum > MAX ? Optional.empty() : Optional.of(new Whole(sum));
    }

    public Bytes value() {
        return Bytes.utf8(toString());
    }

    /// Whether it is below zero, then how far it is from zero.
    static void write(Encoder encoder, Whole whole) {
        encoder.bool(whole.number < 0).u64(Math.abs(whole.number));
    }

    static Whole read(Decoder decoder) {
        boolean negative = decoder.bool();
        long size = decoder.u64();
        if (negative && size == 0) {
            throw new IllegalArgumentException("zero is not below zero");
        }
        return new Whole(negative ? -size : size);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
