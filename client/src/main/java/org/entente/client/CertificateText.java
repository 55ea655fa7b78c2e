package org.entente.client;

import org.entente.certs.pem.Pem;
import org.entente.protocol.Bytes;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/// A certificate as PEM.
final class CertificateText {
    private CertificateText() {}

    static String of(X509Certificate certificate) {
        try {
            return Pem.encode(Pem.CERTIFICATE, Bytes.copyOf(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has no bytes", e);
        }
    }
}
