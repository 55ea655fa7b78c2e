package org.entente.adapter.own;

import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// A header with what makes it final, in the words of its chain's consensus.
public record CertifiedHeader(Header header, Bytes certificate) {
    private static final int CERTIFICATE_SIZE_BYTES_MAX = 64 * 1024;
    public static final Format<CertifiedHeader> FORMAT =
            new Format<>(
                    ChainTag.CERTIFIED_HEADER,
                    CERTIFICATE_SIZE_BYTES_MAX + 1024,
                    CertifiedHeader::write,
                    CertifiedHeader::read);

    private static void write(Encoder encoder, CertifiedHeader certified) {
        Header.write(encoder, certified.header);
        encoder.bytes(certified.certificate);
    }

    private static CertifiedHeader read(Decoder decoder) {
        return new CertifiedHeader(Header.read(decoder), decoder.bytes(CERTIFICATE_SIZE_BYTES_MAX));
    }
}
