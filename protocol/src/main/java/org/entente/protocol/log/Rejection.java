package org.entente.protocol.log;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Purpose;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Moved;
import org.entente.protocol.exchange.ReadSet;

import java.util.List;

/// The relay's word, signed with its key, that a submission was entered as INVALID and why.
///
/// @param fault the number of the first rule's fault that failed
/// @param moved for a fault about versions, each key with both
public record Rejection(
        AllianceId alliance, Digest submission, long serial, int fault, List<Moved> moved) {
    public static final Format<Rejection> FORMAT =
            new Format<>(Purpose.REJECTION, 160 * 1024, Rejection::write, Rejection::read);

    public Rejection {
        moved = List.copyOf(moved);
        if (moved.size() > ReadSet.COUNT_MAX) {
            throw new IllegalArgumentException(
                    moved.size() + " reads where " + ReadSet.COUNT_MAX + " are allowed");
        }
        Sorted.requireStrictlyAscending(moved, "reads");
    }

    private static void write(Encoder encoder, Rejection rejection) {
        encoder.alliance(rejection.alliance)
                .digest(rejection.submission)
                .u64(rejection.serial)
                .u16(rejection.fault)
                .list(rejection.moved, Moved::write);
    }

    private static Rejection read(Decoder decoder) {
        return new Rejection(
                decoder.alliance(),
                decoder.digest(),
                decoder.u64(),
                decoder.u16(),
                decoder.list(ReadSet.COUNT_MAX, Moved::read));
    }
}
