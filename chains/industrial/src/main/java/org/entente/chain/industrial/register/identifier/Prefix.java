package org.entente.chain.industrial.register.identifier;

import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.regex.Pattern;

/// Under which an organisation names its things: `88.118.2023`.
public record Prefix(String text) implements Comparable<Prefix> {
    public static final int SIZE_MAX = 18;
    static final String FORM = "88\\.[0-9]{1,4}\\.[0-9]{1,10}";
    private static final Pattern PATTERN = Pattern.compile(FORM);

    public Prefix {
        if (!PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException("not a prefix, which is " + FORM);
        }
    }

    static void write(Encoder encoder, Prefix prefix) {
        encoder.text(prefix.text);
    }

    static Prefix read(Decoder decoder) {
        return new Prefix(decoder.text(SIZE_MAX));
    }

    @Override
    public int compareTo(Prefix other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
