package org.entente.protocol.exchange;

import org.entente.protocol.Bytes;
import org.entente.protocol.Purpose;
import org.entente.protocol.Signature;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// A request as it is asked: signed, with the transaction certificate whose key signed it.
///
/// @param signature over the request's digest
/// @param certificate in DER; its digest is in the request
public record Ask(Request request, Signature signature, Bytes certificate) {
    static final int CERTIFICATE_SIZE_BYTES_MAX = 4096;
    public static final Format<Ask> FORMAT =
            new Format<>(Purpose.ASK, 8 * 1024, Ask::writeFields, Ask::readFields);

    public static void writeFields(Encoder encoder, Ask ask) {
        Request.write(encoder, ask.request);
        encoder.signature(ask.signature).bytes(ask.certificate);
    }

    public static Ask readFields(Decoder decoder) {
        return new Ask(
                Request.read(decoder),
                decoder.signature(),
                decoder.bytes(CERTIFICATE_SIZE_BYTES_MAX));
    }
}
