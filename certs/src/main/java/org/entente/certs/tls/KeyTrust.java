package org.entente.certs.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Judges the other end by the key that it proves to hold, not by who certified it.
///
/// Nor by the certificate's bytes, so that a self-signed one may be renewed; nor by the host's
/// name, which a known key makes needless.
final class KeyTrust extends X509ExtendedTrustManager {
    /// An RSA key of 4,096 bits has 550 bytes; one that is made to be slow has more.
    private static final int KEY_SIZE_BYTES_MAX = 600;

    private final Check servers;
    private final Check clients;

    private interface Check {
        void check(X509Certificate[] chain) throws CertificateException;
    }

    private KeyTrust(Check servers, Check clients) {
        this.servers = servers;
        this.clients = clients;
    }

    /// Takes one server: the one that holds the pinned certificate's key.
    static KeyTrust pinned(X509Certificate pinned) {
        return new KeyTrust(
                chain -> {
                    if (chain.length == 0
                            || !Arrays.equals(
                                    chain[0].getPublicKey().getEncoded(),
                                    pinned.getPublicKey().getEncoded())) {
                        throw new CertificateException(
                                "the server does not hold the key of the pinned certificate "
                                        + pinned.getSubjectX500Principal());
                    }
                    chain[0].checkValidity();
                },
                _ -> {
                    throw new CertificateException("this side is a client and judges no clients");
                });
    }

    /// Takes every key; what the certificate says beside it counts for nothing, not even when it
    /// ends.
    static KeyTrust any() {
        Check check =
                chain -> {
                    if (chain.length == 0
                            || chain[0].getPublicKey().getEncoded().length > KEY_SIZE_BYTES_MAX) {
                        throw new CertificateException(
                                "no key, or one of more than " + KEY_SIZE_BYTES_MAX + " bytes");
                    }
                };
        return new KeyTrust(check, check);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        servers.check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        servers.check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        servers.check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        clients.check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        clients.check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        clients.check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
