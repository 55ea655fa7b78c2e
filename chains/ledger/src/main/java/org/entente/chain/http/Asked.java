package org.entente.chain.http;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.util.function.Function;

/// What stands in addresses.
public final class Asked {
    private static final String NUMBER = "[0-9]{1,18}";

    private Asked() {}

    public static Parsed<Long> number(String text) {
        return text.matches(NUMBER)
                ? Parsed.of(Long.valueOf(text))
                : Parsed.refused(Fault.INVALID_VALUE, "no number: '" + text + "'");
    }

    public static Parsed<Bytes> hex(String text) {
        return made(text, Bytes::fromHex);
    }

    public static Parsed<Digest> digest(String text) {
        return made(text, Digest::fromHex);
    }

    public static <T> Parsed<T> made(String text, Function<String, T> maker) {
        try {
            return Parsed.of(maker.apply(text));
        } catch (IllegalArgumentException e) {
            return Parsed.refused(Fault.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }
}
