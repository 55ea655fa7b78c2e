package org.entente.protocol.exchange;

import org.entente.protocol.Purpose;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// Everything a proposal depends on, every written key among it: there are no blind writes.
public record ReadSet(List<Read> reads) {
    public static final int COUNT_MAX = 256;
    public static final Format<ReadSet> FORMAT =
            new Format<>(Purpose.READS, 128 * 1024, ReadSet::writeFields, ReadSet::readFields);

    public ReadSet {
        reads = List.copyOf(reads);
        if (reads.size() > COUNT_MAX) {
            throw new IllegalArgumentException(
                    reads.size() + " reads where " + COUNT_MAX + " are allowed");
        }
        Sorted.requireStrictlyAscending(reads, "reads");
    }

    public static void writeFields(Encoder encoder, ReadSet set) {
        encoder.list(set.reads, Read::write);
    }

    public static ReadSet readFields(Decoder decoder) {
        return new ReadSet(decoder.list(COUNT_MAX, Read::read));
    }
}
