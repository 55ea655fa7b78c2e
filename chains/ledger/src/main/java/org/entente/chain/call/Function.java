package org.entente.chain.call;

import org.entente.chain.state.Area;
import org.entente.chain.state.Item;
import org.entente.chain.state.Reading;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.exchange.ReadSet;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The functions there are. Each reads all keys under a prefix and answers from their values.
///
/// A key that appears under the prefix later is not among those that were read, so no version tells
/// that it came.
public enum Function {
    /// The sum of the values, each a whole decimal number.
    SUM("sum") {
        @Override
        Parsed<Bytes> result(List<Item> items) {
            BigInteger sum = BigInteger.ZERO;
            for (Item item : items) {
                String text = item.value().orElseThrow().asUtf8();
                if (!text.matches("-?[0-9]{1," + DIGIT_COUNT_MAX + "}")) {
                    return Parsed.refused(
                            Fault.INVALID_VALUE, "no whole number at " + item.key().key());
                }
                sum = sum.add(new BigInteger(text));
            }
            return Parsed.of(Bytes.utf8(sum.toString()));
        }
    },

    /// The value that was written last.
    LATEST("latest") {
        @Override
        Parsed<Bytes> result(List<Item> items) {
            return items.stream()
                    .max(Comparator.comparing(item -> item.version().bytes()))
                    .flatMap(Item::value)
                    .map(Parsed::of)
                    .orElseGet(() -> Parsed.refused(Fault.NOT_FOUND, "no key has this prefix"));
        }
    };

    private static final int DIGIT_COUNT_MAX = 64;

    private final String word;

    Function(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<Function> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    abstract Parsed<Bytes> result(List<Item> items);

    /// What a function answers, and what it read to know it.
    public record Answer(Bytes result, List<Item> reads) {
        public Answer {
            reads = List.copyOf(reads);
        }
    }

    public Parsed<Answer> call(Reading state, Bytes prefix) {
        List<Item> items = state.under(Area.OWN, "", prefix, ReadSet.COUNT_MAX + 1);
        if (items.size() > ReadSet.COUNT_MAX) {
            return Parsed.refused(
                    Fault.TOO_LARGE, "more than " + ReadSet.COUNT_MAX + " keys have this prefix");
        }
        return result(items).map(result -> new Answer(result, items));
    }
}
