package org.entente.chain.industrial.data;

import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// What a document or a series is called: an identifier of a thing, or 64 hexadecimal digits.
public record DataId(String text) implements Comparable<DataId> {
    public static final int SIZE_MAX = 128;
    private static final String FORM = "[A-Za-z0-9][A-Za-z0-9._:/-]{0," + (SIZE_MAX - 1) + "}";

    public DataId {
        if (!isOne(text)) {
            throw new IllegalArgumentException("not the id of data, which is " + FORM);
        }
    }

    static boolean isOne(String text) {
        return text.matches(FORM);
    }

    public static void write(Encoder encoder, DataId id) {
        encoder.text(id.text);
    }

    public static DataId read(Decoder decoder) {
        return new DataId(decoder.text(SIZE_MAX));
    }

    @Override
    public int compareTo(DataId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
