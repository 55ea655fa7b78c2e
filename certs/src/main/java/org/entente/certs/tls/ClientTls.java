package org.entente.certs.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// A client's side of TLS. Immutable: each call gives another.
///
/// ```
/// HttpClient.newBuilder().sslContext(ClientTls.pinned(relay).showing(identity).context())
/// ```
public final class ClientTls {
    private final TrustManager[] trust;
    private final KeyManager[] keys;

    private ClientTls(TrustManager[] trust, KeyManager[] keys) {
        this.trust = trust;
        this.keys = keys;
    }

    /// To the one server that holds this certificate's key, whatever its address: a relay.
    public static ClientTls pinned(X509Certificate server) {
        return new ClientTls(new TrustManager[] {KeyTrust.pinned(server)}, new KeyManager[0]);
    }

    /// To servers with a certificate for their address under one of these roots: an agent.
    public static ClientTls under(List<X509Certificate> roots) {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            for (int index = 0; index < roots.size(); index++) {
                anchors.setCertificateEntry("root-" + index, roots.get(index));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            return new ClientTls(factory.getTrustManagers(), new KeyManager[0]);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JDK judges no certificate chains", e);
        }
    }

    /// With a certificate for servers that ask for one.
    public ClientTls showing(TlsIdentity identity) {
        return new ClientTls(trust, new KeyManager[] {new ShownIdentity(identity)});
    }

    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }
}
