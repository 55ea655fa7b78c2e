package org.entente.chain;

import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// A header with what makes it one of the chain: the trust anchor of every proof.
///
/// @param certificate in the words of the chain's consensus; of solo the creator's signature over
///   the header's digest
public record CertifiedHeader(Header header, Bytes certificate) {
    public static final int CERTIFICATE_SIZE_BYTES_MAX = 64 * 1024;
    public static final Format<CertifiedHeader> FORMAT =
            new Format<>(
                    ChainPurpose.CERTIFIED_HEADER,
                    CERTIFICATE_SIZE_BYTES_MAX + 1024,
                    CertifiedHeader::write,
                    CertifiedHeader::read);

    static void write(Encoder encoder, CertifiedHeader certified) {
        Header.write(encoder, certified.header);
        encoder.bytes(certified.certificate);
    }

    static CertifiedHeader read(Decoder decoder) {
        return new CertifiedHeader(Header.read(decoder), decoder.bytes(CERTIFICATE_SIZE_BYTES_MAX));
    }
}
