package org.entente.certs.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// TLS 1.3 between equals: each end shows a certificate and takes whatever key the other one proves
/// to hold. Who is talked to is decided above, by that key.
public final class PeerTls {
    private static final String PROTOCOL = "TLSv1.3";

    private PeerTls() {}

    /// Over a connection that we opened.
    public static SSLSocket dialled(Socket plain, TlsIdentity own) throws IOException {
        SSLSocket secured = over(plain, own);
        secured.setUseClientMode(true);
        return secured;
    }

    /// Over a connection that we accepted.
    public static SSLSocket accepted(Socket plain, TlsIdentity own) throws IOException {
        SSLSocket secured = over(plain, own);
        secured.setUseClientMode(false);
        secured.setNeedClientAuth(true);
        return secured;
    }

    private static SSLSocket over(Socket plain, TlsIdentity own) throws IOException {
        SSLSocket secured =
                (SSLSocket)
                        context(own)
                                .getSocketFactory()
                                .createSocket(
                                        plain,
                                        plain.getInetAddress().getHostAddress(),
                                        plain.getPort(),
                                        true);
        secured.setEnabledProtocols(new String[] {PROTOCOL});
        return secured;
    }

    /// A new one each time: nothing of an earlier connection is resumed, so the key is proved anew.
    private static SSLContext context(TlsIdentity own) {
        try {
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(
                    new KeyManager[] {new ShownIdentity(own)},
                    new TrustManager[] {KeyTrust.any()},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS 1.3", e);
        }
    }
}
