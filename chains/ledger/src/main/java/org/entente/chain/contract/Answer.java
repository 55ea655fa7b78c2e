package org.entente.chain.contract;

import org.entente.chain.ChainPurpose;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// What a call answered and what it told: the result of its receipt, so both are proved by the
/// block's header and read from the block without executing it again.
public record Answer(Bytes output, List<Emitted> events) {
    public static final int SIZE_BYTES_MAX = 1_024;
    static final int EVENT_COUNT_MAX = 16;
    public static final Format<Answer> FORMAT =
            new Format<>(ChainPurpose.ANSWER, SIZE_BYTES_MAX, Answer::write, Answer::read);

    /// What each event and the whole take beside their text and bytes.
    private static final int FRAME_SIZE_BYTES = 8;

    private static final int HEAD_SIZE_BYTES = 24;

    /// Something that a contract tells whoever listens.
    ///
    /// @param topic by which listeners choose
    public record Emitted(Name topic, Bytes data) {
        private static void write(Encoder encoder, Emitted event) {
            encoder.name(event.topic).bytes(event.data);
        }

        private static Emitted read(Decoder decoder) {
            return new Emitted(decoder.name(), decoder.bytes(SIZE_BYTES_MAX));
        }

        private long size() {
            return (long) FRAME_SIZE_BYTES + topic.text().length() + data.size();
        }
    }

    public Answer {
        events = List.copyOf(events);
    }

    /// The bytes of an answer, unless it says too much.
    static Parsed<Bytes> encoded(Bytes output, List<Emitted> events) {
        long size =
                HEAD_SIZE_BYTES + output.size() + events.stream().mapToLong(Emitted::size).sum();
        if (size > SIZE_BYTES_MAX || events.size() > EVENT_COUNT_MAX) {
            return Parsed.refused(
                    Fault.TOO_LARGE,
                    "an answer of %d bytes with %d events; %d and %d are allowed"
                            .formatted(size, events.size(), SIZE_BYTES_MAX, EVENT_COUNT_MAX));
        }
        return Parsed.of(FORMAT.encode(new Answer(output, events)));
    }

    private static void write(Encoder encoder, Answer answer) {
        encoder.bytes(answer.output).list(answer.events, Emitted::write);
    }

    private static Answer read(Decoder decoder) {
        return new Answer(
                decoder.bytes(SIZE_BYTES_MAX), decoder.list(EVENT_COUNT_MAX, Emitted::read));
    }
}
