package org.entente.runtime.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// With what the server proves who it is.
///
/// @param chain its own certificate first
public record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {
    public ServerIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a server has a certificate");
        }
    }

    @Override
    public String toString() {
        return chain.getFirst().getSubjectX500Principal().getName();
    }
}
