package org.entente.client;

import java.net.URI;
import java.security.cert.X509Certificate;

/// Where the relay answers and the certificate whose key it must hold.
public record RelayPlace(URI address, X509Certificate certificate) {
    public RelayPlace {
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "a relay's address is https://HOST:PORT, not '" + address + "'");
        }
    }
}
