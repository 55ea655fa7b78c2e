package org.entente.agent.http;

import org.entente.agent.Organisation;
import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.tls.X509;
import org.entente.protocol.Parsed;
import org.entente.runtime.http.ClientTrust;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;

/// Which client certificates get through the handshake: identity certificates that this
/// organisation signed, of every generation there is.
///
/// Whether one still holds is judged for each request ([Peer]), because a handshake can only cut a
/// revoked or expired node off without a word, and because a connection outlives a revocation.
public final class ShownCertificates {
    private final Supplier<Organisation> organisation;

    public ShownCertificates(Supplier<Organisation> organisation) {
        this.organisation = organisation;
    }

    private void check(X509Certificate certificate) throws CertificateException {
        boolean ours =
                X509.ours(certificate) instanceof Parsed.Value<Certificate>(var shown)
                        && organisation.get().issued(shown);
        if (!ours) {
            throw new CertificateException(
                    "not an identity certificate of " + organisation.get().id());
        }
    }

    /// As the server's TLS asks it; clients are told the enrolment CAs of every generation.
    public ClientTrust trust() {
        return new ClientTrust(
                this::check,
                () ->
                        organisation.get().generations().stream()
                                .map(Authorities::enrolment)
                                .map(X509::of)
                                .toList());
    }
}
