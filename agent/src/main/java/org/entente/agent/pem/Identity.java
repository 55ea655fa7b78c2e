package org.entente.agent.pem;

import org.entente.certs.Certificate;
import org.entente.certs.Signer;
import org.entente.certs.tls.TlsIdentity;

/// The agent's own key and the certificate that its organisation gave it.
public record Identity(Certificate certificate, Signer signer, TlsIdentity tls) {
    @Override
    public String toString() {
        return certificate.toString();
    }
}
