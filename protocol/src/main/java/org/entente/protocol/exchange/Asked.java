package org.entente.protocol.exchange;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// A request as an application posts it: asked and signed, with the arguments whose digest the
/// request has.
public record Asked(Ask ask, Bytes arguments) {
    public static final int ARGUMENTS_SIZE_BYTES_MAX = 16 * 1024;
    public static final Format<Asked> FORMAT =
            new Format<>(Purpose.ASKED, 32 * 1024, Asked::write, Asked::read);

    public Asked {
        if (!Digest.of(arguments).equals(ask.request().arguments())) {
            throw new IllegalArgumentException("the request names other arguments");
        }
    }

    private static void write(Encoder encoder, Asked asked) {
        Ask.writeFields(encoder, asked.ask);
        encoder.bytes(asked.arguments);
    }

    private static Asked read(Decoder decoder) {
        return new Asked(Ask.readFields(decoder), decoder.bytes(ARGUMENTS_SIZE_BYTES_MAX));
    }
}
