package org.entente.certs;

import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;

/// Whether a key signed a digest. May be used by any number of threads at once.
@FunctionalInterface
public interface Verifier {
    boolean verify(VerifyingKey key, Digest digest, Signature signature);
}
