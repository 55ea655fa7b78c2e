package org.entente.protocol.log;

import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.NodeSignature;

/// An owner's wish as it is posted: the cancellation, and an agent's signature over its digest.
public record CancelWish(Cancellation cancellation, NodeSignature wish) {
    public static final Format<CancelWish> FORMAT =
            new Format<>(Purpose.CANCEL_WISH, 512, CancelWish::write, CancelWish::read);

    private static void write(Encoder encoder, CancelWish wish) {
        Cancellation.write(encoder, wish.cancellation);
        NodeSignature.write(encoder, wish.wish);
    }

    private static CancelWish read(Decoder decoder) {
        return new CancelWish(Cancellation.read(decoder), NodeSignature.read(decoder));
    }
}
