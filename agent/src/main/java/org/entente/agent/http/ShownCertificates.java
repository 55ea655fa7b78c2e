package org.entente.agent.http;

import org.entente.agent.Organisation;
import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.tls.X509;
import org.entente.protocol.Parsed;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Which client certificates get through the handshake: identity certificates that this
/// organisation signed, of every generation there is.
///
/// Whether one still holds is judged for each request ([Peer]), because a handshake can only cut a
/// revoked or expired node off without a word, and because a connection outlives a revocation.
public final class ShownCertificates extends X509ExtendedTrustManager {
    private final Supplier<Organisation> organisation;

    public ShownCertificates(Supplier<Organisation> organisation) {
        this.organisation = organisation;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        boolean ours =
                chain.length > 0
                        && X509.ours(chain[0]) instanceof Parsed.Value<Certificate>(var shown)
                        && organisation.get().issued(shown);
        if (!ours) {
            throw new CertificateException(
                    "not an identity certificate of " + organisation.get().id());
        }
    }

    private static void refuseServers() throws CertificateException {
        throw new CertificateException("this side is a server and judges no servers");
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
        refuseServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        refuseServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        refuseServers();
    }

    /// What the server tells clients it takes.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return organisation.get().generations().stream()
                .map(Authorities::enrolment)
                .map(X509::of)
                .toArray(X509Certificate[]::new);
    }
}
