package org.entente.registry;

import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// One generation of an organisation's CA certificates as they travel: DER.
public record CertificateSet(Bytes root, Bytes enrolment, Bytes transaction) {
    /// Enough for a P-256 certificate with every extension we write, several times over.
    public static final int CERTIFICATE_SIZE_BYTES_MAX = 8 * 1024;

    public CertificateSet {
        requireSize(root);
        requireSize(enrolment);
        requireSize(transaction);
    }

    static void requireSize(Bytes certificate) {
        if (certificate.size() > CERTIFICATE_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a certificate of "
                            + certificate.size()
                            + " bytes; "
                            + CERTIFICATE_SIZE_BYTES_MAX
                            + " are allowed");
        }
    }

    static void write(Encoder encoder, CertificateSet set) {
        encoder.bytes(set.root).bytes(set.enrolment).bytes(set.transaction);
    }

    static CertificateSet read(Decoder decoder) {
        return new CertificateSet(
                decoder.bytes(CERTIFICATE_SIZE_BYTES_MAX),
                decoder.bytes(CERTIFICATE_SIZE_BYTES_MAX),
                decoder.bytes(CERTIFICATE_SIZE_BYTES_MAX));
    }
}
