package org.entente.protocol.exchange;

import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// A submission with everything that it is judged by, as an agent that collected by itself posts
/// it.
public record FullSequence(Sequence sequence, Evidence evidence) {
    public static final Format<FullSequence> FORMAT =
            new Format<>(
                    Purpose.FULL_SEQUENCE, 528 * 1024, FullSequence::write, FullSequence::read);

    private static void write(Encoder encoder, FullSequence full) {
        Sequence.writeFields(encoder, full.sequence);
        Evidence.write(encoder, full.evidence);
    }

    private static FullSequence read(Decoder decoder) {
        return new FullSequence(Sequence.readFields(decoder), Evidence.read(decoder));
    }
}
