package org.entente.certs.tls;

import org.entente.certs.Certificate;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/// Our certificates ↔ the JDK's, which its TLS takes and gives.
public final class X509 {
    private X509() {}

    public static X509Certificate of(Certificate certificate) {
        return read(certificate.der()).orThrow();
    }

    /// Of one of our profiles, or refused.
    public static Parsed<Certificate> ours(X509Certificate certificate) {
        try {
            return Certificate.parse(Bytes.copyOf(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            return refused(e);
        }
    }

    /// Any certificate, in DER or PEM: a relay's certificate is of no organisation's profile.
    public static Parsed<X509Certificate> read(Bytes encoded) {
        try {
            return CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new ByteArrayInputStream(encoded.toArray()))
                            instanceof X509Certificate certificate
                    ? Parsed.of(certificate)
                    : Parsed.refused(Fault.CERTIFICATE_MALFORMED, "not an X.509 certificate");
        } catch (CertificateException e) {
            return refused(e);
        }
    }

    private static <T> Parsed<T> refused(CertificateException why) {
        return Parsed.refused(
                Fault.CERTIFICATE_MALFORMED, "not an X.509 certificate: " + why.getMessage());
    }
}
