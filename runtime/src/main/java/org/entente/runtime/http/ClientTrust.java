package org.entente.runtime.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// A server's view of client certificates: one judge, asked anew for each connection. It is never
/// asked about servers.
public final class ClientTrust extends X509ExtendedTrustManager {
    private final Judge judge;
    private final Supplier<List<X509Certificate>> issuers;

    /// Refuses by throwing; the words reach the server's log, not the client.
    @FunctionalInterface
    public interface Judge {
        void check(X509Certificate shown) throws CertificateException;
    }

    /// @param issuers what the server tells clients it takes; none: anything may be shown
    public ClientTrust(Judge judge, Supplier<List<X509Certificate>> issuers) {
        this.judge = judge;
        this.issuers = issuers;
    }

    static ClientTrust inNobody() {
        return new ClientTrust(
                _ -> {
                    throw new CertificateException("this server trusts no client certificate");
                },
                List::of);
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("no certificate was shown");
        }
        judge.check(chain[0]);
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

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return issuers.get().toArray(X509Certificate[]::new);
    }
}
