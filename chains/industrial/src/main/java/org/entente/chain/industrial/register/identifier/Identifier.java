package org.entente.chain.industrial.register.identifier;

import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.regex.Pattern;

/// What a thing is called: `88.118.2023/CH-21091301`.
public record Identifier(String text) implements Comparable<Identifier> {
    public static final int SIZE_MAX = 96;
    private static final String FORM = Prefix.FORM + "/[A-Za-z0-9._:-]{1,64}";
    private static final Pattern PATTERN = Pattern.compile(FORM);

    public Identifier {
        if (!PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException("not an identifier, which is " + FORM);
        }
    }

    public Prefix prefix() {
        return new Prefix(text.substring(0, text.indexOf('/')));
    }

    public static void write(Encoder encoder, Identifier identifier) {
        encoder.text(identifier.text);
    }

    public static Identifier read(Decoder decoder) {
        return new Identifier(decoder.text(SIZE_MAX));
    }

    @Override
    public int compareTo(Identifier other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
