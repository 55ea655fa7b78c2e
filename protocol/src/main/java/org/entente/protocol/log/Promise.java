package org.entente.protocol.log;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;

/// The relay's word, signed with its key, that a submission gets a serial: with a log sealed past
/// `orderedBy` that lacks it, a broken promise convicts the relay (protocol.md §9.3).
public record Promise(AllianceId alliance, Digest submission, Instant time, Instant orderedBy) {
    public static final Format<Promise> FORMAT =
            new Format<>(Purpose.PROMISE, 256, Promise::write, Promise::read);

    public Promise {
        if (orderedBy.isBefore(time)) {
            throw new IllegalArgumentException(orderedBy + " lies before " + time);
        }
    }

    private static void write(Encoder encoder, Promise promise) {
        encoder.alliance(promise.alliance)
                .digest(promise.submission)
                .time(promise.time)
                .time(promise.orderedBy);
    }

    private static Promise read(Decoder decoder) {
        return new Promise(decoder.alliance(), decoder.digest(), decoder.time(), decoder.time());
    }
}
