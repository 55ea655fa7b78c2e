package org.entente.protocol.exchange;

import org.entente.protocol.Purpose;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// Everything a proposal writes, all of it in one inbox.
public record WriteSet(List<Write> writes) {
    public static final int COUNT_MAX = 256;
    public static final Format<WriteSet> FORMAT =
            new Format<>(Purpose.WRITES, 160 * 1024, WriteSet::writeFields, WriteSet::readFields);

    public WriteSet {
        writes = List.copyOf(writes);
        if (writes.size() > COUNT_MAX) {
            throw new IllegalArgumentException(
                    writes.size() + " writes where " + COUNT_MAX + " are allowed");
        }
        Sorted.requireStrictlyAscending(writes, "writes");
        for (Write write : writes) {
            Write first = writes.getFirst();
            if (!write.place().chain().equals(first.place().chain())
                    || !write.place().inbox().equals(first.place().inbox())) {
                throw new IllegalArgumentException(
                        "all writes of a proposal lie in one inbox: "
                                + first.place().inbox()
                                + " and "
                                + write.place().inbox());
            }
        }
    }

    public static void writeFields(Encoder encoder, WriteSet set) {
        encoder.list(set.writes, Write::write);
    }

    public static WriteSet readFields(Decoder decoder) {
        return new WriteSet(decoder.list(COUNT_MAX, Write::read));
    }
}
