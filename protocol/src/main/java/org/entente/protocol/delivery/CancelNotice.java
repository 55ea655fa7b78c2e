package org.entente.protocol.delivery;

import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.log.Cancellation;

/// What tells an inbox contract that an exchange is cancelled: the sealed CANCEL entry and what its
/// digest stands for.
public record CancelNotice(Sighting sighting, Cancellation cancellation) {
    public static final Format<CancelNotice> FORMAT =
            new Format<>(Purpose.CANCEL_NOTICE, 40 * 1024, CancelNotice::write, CancelNotice::read);

    private static void write(Encoder encoder, CancelNotice notice) {
        Sighting.write(encoder, notice.sighting);
        Cancellation.write(encoder, notice.cancellation);
    }

    private static CancelNotice read(Decoder decoder) {
        return new CancelNotice(Sighting.read(decoder), Cancellation.read(decoder));
    }
}
