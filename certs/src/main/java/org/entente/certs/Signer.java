package org.entente.certs;

import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;

/// A private key that signs and is not shown: from a PKCS#12 file, in memory, in an HSM.
public interface Signer {
    VerifyingKey key();

    Signature sign(Digest digest);
}
