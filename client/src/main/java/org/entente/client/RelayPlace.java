package org.entente.client;

import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;

import java.net.URI;
import java.security.cert.X509Certificate;

/// Where the relay answers and the certificate whose key it must hold.
public record RelayPlace(URI address, X509Certificate certificate) {
    private static final int KEY_INFO_SIZE_BYTES = 91;

    public RelayPlace {
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "a relay's address is https://HOST:PORT, not '" + address + "'");
        }
        keyOf(certificate);
    }

    /// The pinned key.
    public VerifyingKey key() {
        return keyOf(certificate);
    }

    /// A P-256 key ends with the two coordinates of its point.
    private static VerifyingKey keyOf(X509Certificate certificate) {
        Bytes encoded = Bytes.copyOf(certificate.getPublicKey().getEncoded());
        if (encoded.size() != KEY_INFO_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "a relay has a P-256 key, this certificate has none");
        }
        return new VerifyingKey(
                encoded.slice(encoded.size() - VerifyingKey.SIZE_BYTES, encoded.size()));
    }
}
