package org.entente.protocol.log;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// That the exchange of a serial is not to be delivered any more. An organisation that wishes so
/// signs this; once `deliverWithin` has passed nobody needs to.
public record Cancellation(AllianceId alliance, long serial) {
    public static final Format<Cancellation> FORMAT =
            new Format<>(Purpose.CANCELLATION, 128, Cancellation::write, Cancellation::read);

    public static void write(Encoder encoder, Cancellation cancellation) {
        encoder.alliance(cancellation.alliance).u64(cancellation.serial);
    }

    public static Cancellation read(Decoder decoder) {
        return new Cancellation(decoder.alliance(), decoder.u64());
    }
}
