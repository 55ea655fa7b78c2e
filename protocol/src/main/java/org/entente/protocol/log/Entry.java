package org.entente.protocol.log;

import org.entente.protocol.Digest;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;

/// One leaf of a log. Its bytes are the leaf data; its index in the tree is its serial.
///
/// @param submission the digest of what was submitted: an exchange's submission or a change
/// @param evidence the digest of what the verdict rests on: an exchange's evidence or a change's
///   approvals
/// @param fault the number of the fault that made it INVALID, else 0
/// @param time when it was ordered: the relay's clock, never decreasing
public record Entry(
        long serial,
        EntryKind kind,
        Digest submission,
        Digest evidence,
        Outcome outcome,
        int fault,
        Instant time) {
    public static final Format<Entry> FORMAT =
            new Format<>(Purpose.ENTRY, 256, Entry::write, Entry::read);

    public Entry {
        if ((outcome == Outcome.INVALID) != (fault != 0)) {
            throw new IllegalArgumentException(
                    "an INVALID entry names its fault, a VALID one has none: "
                            + outcome
                            + " with "
                            + fault);
        }
        if (kind != EntryKind.EXCHANGE && outcome == Outcome.INVALID) {
            throw new IllegalArgumentException(kind + " is logged only when it holds");
        }
    }

    public static void write(Encoder encoder, Entry entry) {
        encoder.u64(entry.serial)
                .coded(entry.kind)
                .digest(entry.submission)
                .digest(entry.evidence)
                .coded(entry.outcome)
                .u16(entry.fault)
                .time(entry.time);
    }

    public static Entry read(Decoder decoder) {
        return new Entry(
                decoder.u64(),
                decoder.coded(EntryKind.class),
                decoder.digest(),
                decoder.digest(),
                decoder.coded(Outcome.class),
                decoder.u16(),
                decoder.time());
    }
}
