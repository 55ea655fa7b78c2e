package org.entente.runtime.http;

import java.security.cert.X509Certificate;

import javax.net.ssl.X509ExtendedTrustManager;

/// The server's side of TLS 1.3 and 1.2.
///
/// @param trust judges client certificates; asked anew for each connection, so it may change its
///   mind while the server runs (`HttpServer.recheckPeers` applies that to connections already
///   open)
public record ServerTls(
        ServerIdentity identity,
        X509ExtendedTrustManager trust,
        ClientCertificates clientCertificates) {

    /// Asks clients for no certificate.
    public static ServerTls withoutClients(ServerIdentity identity) {
        return new ServerTls(identity, ClientTrust.inNobody(), ClientCertificates.NONE);
    }

    X509Certificate certificate() {
        return identity.chain().getFirst();
    }
}
