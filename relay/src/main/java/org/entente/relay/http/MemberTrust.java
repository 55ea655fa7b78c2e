package org.entente.relay.http;

import org.entente.certs.Certificate;
import org.entente.certs.Judge;
import org.entente.certs.Moment;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.registry.Organisation;
import org.entente.registry.Registry;

import java.net.Socket;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Judges a client's certificate as of now: an identity certificate of an enrolled organisation,
/// neither expired nor revoked (protocol.md §2.6). Asked anew for each connection, so a revocation
/// counts from its entry on.
public final class MemberTrust extends X509ExtendedTrustManager {
    private final Supplier<Registry> registry;
    private final Judge judge;
    private final InstantSource clock;

    public MemberTrust(Supplier<Registry> registry, Judge judge, InstantSource clock) {
        this.registry = registry;
        this.judge = judge;
        this.clock = clock;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        try {
            if (verdict(Bytes.copyOf(chain[0].getEncoded())) instanceof Verdict.Rejected why) {
                throw new CertificateException(why.toString());
            }
        } catch (CertificateEncodingException e) {
            throw new CertificateException("a certificate without an encoding", e);
        }
    }

    private Verdict verdict(Bytes der) {
        return switch (Certificate.parse(der)) {
            case Parsed.Refused<Certificate>(Verdict.Rejected why) -> why;
            case Parsed.Value<Certificate>(Certificate certificate) -> verdict(certificate);
        };
    }

    private Verdict verdict(Certificate certificate) {
        Registry now = registry.get();
        Organisation organisation = now.organisations().get(certificate.organisation());
        return organisation == null
                ? Verdict.rejected(
                        Fault.UNKNOWN_ORGANISATION, certificate.organisation() + " is not enrolled")
                : judge.identity(
                        certificate,
                        organisation.trusted(),
                        now.revocations(),
                        Moment.now(clock.instant()));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw new CertificateException("a relay connects to nobody");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("a relay connects to nobody");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw new CertificateException("a relay connects to nobody");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
