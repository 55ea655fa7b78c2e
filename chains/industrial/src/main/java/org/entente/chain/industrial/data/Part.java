package org.entente.chain.industrial.data;

import org.entente.chain.industrial.contract.Texts;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.Optional;

/// What follows next in a series: readings, or that some are missing
/// (docs/chains/industrial-data.md §3).
public sealed interface Part {
    int GAP_COUNT_MAX = 1_024;
    Format<Part> FORMAT = new Format<>(DataTag.PART, 20 * 1024, Part::write, Part::read);

    /// Whether readings are of the time behind all before them.
    enum Timing implements Coded {
        IN_TURN(1),
        LATE(2);

        private final int code;

        Timing(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /// @param readings their bytes: on the chain, or stored
    /// @param word of the device, when the series is one's
    record Batch(Timing timing, Summary summary, Content readings, Optional<DeviceWord> word)
            implements Part {
        public Batch {
            if (readings instanceof Content.Batches) {
                throw new IllegalArgumentException("a batch is not of batches");
            }
        }
    }

    /// Said by the owner: these batches never come.
    ///
    /// @param count of batches
    record Gap(int count, String reason) implements Part {
        public Gap {
            Texts.require("a reason", reason, DataHead.REASON_SIZE_BYTES_MAX);
            if (count < 1 || count > GAP_COUNT_MAX) {
                throw new IllegalArgumentException(
                        "1 to " + GAP_COUNT_MAX + " batches are missing, not " + count);
            }
        }
    }

    /// How many numbers of the series it takes.
    default int width() {
        return switch (this) {
            case Batch _ -> 1;
            case Gap gap -> gap.count;
        };
    }

    static void write(Encoder encoder, Part part) {
        switch (part) {
            case Batch(var timing, var summary, var readings, var word) -> {
                Summary.write(encoder.u8(1).coded(timing), summary);
                Content.write(encoder, readings);
                encoder.optional(word, DeviceWord::write);
            }
            case Gap(int count, String reason) -> encoder.u8(2).u32(count).text(reason);
        }
    }

    static Part read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 ->
                    new Batch(
                            decoder.coded(Timing.class),
                            Summary.read(decoder),
                            Content.read(decoder),
                            decoder.optional(DeviceWord::read));
            case 2 -> new Gap(decoder.u32(), decoder.text(DataHead.REASON_SIZE_BYTES_MAX));
            default -> throw new IllegalArgumentException("no part has the number " + kind);
        };
    }
}
