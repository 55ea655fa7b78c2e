package org.entente.client;

import org.entente.certs.Certificate;
import org.entente.certs.Signer;

/// A transaction certificate with its key.
public record Credential(Signer signer, Certificate certificate) {
    public Credential {
        if (!signer.key().equals(certificate.key())) {
            throw new IllegalArgumentException(certificate + " is not of this key");
        }
    }
}
