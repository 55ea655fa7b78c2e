package org.entente.certs.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Takes one server: the one that holds the pinned certificate's key.
///
/// The key decides, not the certificate's bytes, so that a server may renew its self-signed
/// certificate; and not the host's name, which the pinned key makes needless.
final class PinnedServer extends X509ExtendedTrustManager {
    private final X509Certificate pinned;

    PinnedServer(X509Certificate pinned) {
        this.pinned = pinned;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0
                || !Arrays.equals(
                        chain[0].getPublicKey().getEncoded(), pinned.getPublicKey().getEncoded())) {
            throw new CertificateException(
                    "the server does not hold the key of the pinned certificate "
                            + pinned.getSubjectX500Principal());
        }
        chain[0].checkValidity();
    }

    private static void refuseClients() throws CertificateException {
        throw new CertificateException("this side is a client and judges no clients");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        refuseClients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        refuseClients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        refuseClients();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
