package org.entente.adapter.own;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.Tagged;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.nio.ByteBuffer;
import java.util.Optional;

/// One part of a series of readings, as an industrial chain keeps it
/// (docs/chains/industrial-data.md §1).
public sealed interface SeriesPart {
    int READINGS_SIZE_BYTES_MAX = 16 * 1024;
    int REASON_SIZE_BYTES_MAX = 256;
    Format<SeriesPart> FORMAT =
            new Format<>(new Tag(), 20 * 1024, SeriesPart::write, SeriesPart::read);

    /// @param timing 1: behind all before it, 2: late
    /// @param word of the device whose series it is, if it is one's; the contract looked at it
    record Batch(int timing, Summary summary, Readings readings, Optional<Word> word)
            implements SeriesPart {}

    /// What a device signed a batch with.
    record Word(Digest certificate, Signature signature) {}

    /// Batches that never come.
    record Gap(int count, String reason) implements SeriesPart {}

    /// @param from of the first reading, nanoseconds since 1970
    /// @param root over the readings
    record Summary(long from, long to, int count, long least, long most, long sum, Digest root) {}

    /// Where the readings are.
    sealed interface Readings {
        /// On the chain, whose contract made sure that the summary is theirs.
        record Inline(Bytes bytes) implements Readings {}

        /// With their owner, whose word the summary is.
        record Stored(
                long size, int chunkSize, int chunkCount, Digest root, int algorithm, Digest key)
                implements Readings {}
    }

    /// What the object's bytes begin with.
    record Tag() implements Tagged {
        @Override
        public String tag() {
            return "icb/data-part/v1";
        }
    }

    private static void write(Encoder encoder, SeriesPart part) {
        switch (part) {
            case Batch(int timing, Summary it, Readings readings, var word) -> {
                signed(encoder.u8(1).u8(timing), it.from, it.to).u32(it.count);
                signed(encoder, it.least, it.most, it.sum).digest(it.root);
                write(encoder, readings);
                encoder.optional(
                        word, (to, each) -> to.digest(each.certificate).signature(each.signature));
            }
            case Gap(int count, String reason) -> encoder.u8(2).u32(count).text(reason);
        }
    }

    private static void write(Encoder encoder, Readings readings) {
        switch (readings) {
            case Readings.Inline(Bytes bytes) -> encoder.u8(1).bytes(bytes);
            case Readings.Stored it ->
                    encoder.u8(2)
                            .u64(it.size)
                            .u32(it.chunkSize)
                            .u32(it.chunkCount)
                            .digest(it.root)
                            .u8(it.algorithm)
                            .digest(it.key);
        }
    }

    private static SeriesPart read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 ->
                    new Batch(
                            decoder.u8(),
                            summary(decoder),
                            readings(decoder),
                            decoder.optional(each -> new Word(each.digest(), each.signature())));
            case 2 -> new Gap(decoder.u32(), decoder.text(REASON_SIZE_BYTES_MAX));
            default -> throw new IllegalArgumentException("no part has the number " + kind);
        };
    }

    private static Summary summary(Decoder decoder) {
        return new Summary(
                signed(decoder),
                signed(decoder),
                decoder.u32(),
                signed(decoder),
                signed(decoder),
                signed(decoder),
                decoder.digest());
    }

    private static Readings readings(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 -> new Readings.Inline(decoder.bytes(READINGS_SIZE_BYTES_MAX));
            case 2 ->
                    new Readings.Stored(
                            decoder.u64(),
                            decoder.u32(),
                            decoder.u32(),
                            decoder.digest(),
                            decoder.u8(),
                            decoder.digest());
            default -> throw new IllegalArgumentException("no readings are kept as " + kind);
        };
    }

    private static Encoder signed(Encoder encoder, long... values) {
        for (long value : values) {
            byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
            encoder.fixed(Bytes.copyOf(bytes), Long.BYTES);
        }
        return encoder;
    }

    private static long signed(Decoder decoder) {
        return decoder.fixed(Long.BYTES).asBuffer().getLong();
    }
}
