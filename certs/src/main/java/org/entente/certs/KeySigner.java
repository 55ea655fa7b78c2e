package org.entente.certs;

import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;

import java.security.KeyPair;
import java.security.PrivateKey;

/// Signs with a key that lies in memory.
final class KeySigner implements Signer {
    private final EllipticCurve curve;
    private final VerifyingKey key;
    private final PrivateKey secret;

    KeySigner(EllipticCurve curve, KeyPair keys) {
        this.curve = curve;
        this.key = EllipticCurve.verifyingKey(keys.getPublic());
        this.secret = curve.privateKey(keys.getPrivate());
    }

    @Override
    public VerifyingKey key() {
        return key;
    }

    @Override
    public Signature sign(Digest digest) {
        return curve.sign(secret, digest);
    }

    @Override
    public String toString() {
        return "the signer of " + key;
    }
}
