package org.entente.certs.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// With what a client proves who it is.
///
/// @param chain its own certificate first, then the CA's; the root may be left out
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
    public TlsIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an identity has a certificate");
        }
    }

    @Override
    public String toString() {
        return chain.getFirst().getSubjectX500Principal().getName();
    }
}
