package org.entente.certs;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.Map;

/// ECDSA P-256 over digests, by one provider.
///
/// Each call makes its own `java.security.Signature`, which is cheap beside the arithmetic, so any
/// number of virtual threads share this without thread locals or a pool. Parsed keys are costly and
/// few; the most recently used are kept.
final class EllipticCurve implements Verifier {
    static final int KEYS_KEPT_MAX = 4096;
    private static final String ALGORITHM = "NONEwithECDSA";

    private final Provider provider;

    /// Guarded by itself.
    private final Map<VerifyingKey, PublicKey> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<VerifyingKey, PublicKey> eldest) {
                    return size() > KEYS_KEPT_MAX;
                }
            };

    EllipticCurve(Provider provider) {
        this.provider = provider;
    }

    @Override
    public boolean verify(VerifyingKey key, Digest digest, Signature signature) {
        try {
            var verification = java.security.Signature.getInstance(ALGORITHM, provider);
            verification.initVerify(publicKey(key));
            verification.update(digest.bytes().toArray());
            return matches(verification, Der.of(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " cannot verify P-256", e);
        }
    }

    private static boolean matches(java.security.Signature verification, Bytes signature) {
        try {
            return verification.verify(signature.toArray());
        } catch (SignatureException e) {
            // Some providers say "no" by throwing.
            return false;
        }
    }

    Signature sign(PrivateKey key, Digest digest) {
        try {
            var signing = java.security.Signature.getInstance(ALGORITHM, provider);
            signing.initSign(key);
            signing.update(digest.bytes().toArray());
            return Der.signature(Bytes.copyOf(signing.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " cannot sign with P-256", e);
        }
    }

    PrivateKey privateKey(PrivateKey key) {
        try {
            return factory().generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a private key of P-256", e);
        }
    }

    private PublicKey publicKey(VerifyingKey key) {
        synchronized (kept) {
            PublicKey known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        PublicKey parsed = parse(key);
        synchronized (kept) {
            kept.put(key, parsed);
        }
        return parsed;
    }

    private PublicKey parse(VerifyingKey key) {
        try {
            return factory().generatePublic(new X509EncodedKeySpec(KeyEncoding.der(key).toArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    provider.getName() + " does not take the P-256 key " + key, e);
        }
    }

    private KeyFactory factory() throws GeneralSecurityException {
        return KeyFactory.getInstance("EC", provider);
    }

    static VerifyingKey verifyingKey(PublicKey key) {
        return KeyEncoding.key(Bytes.copyOf(key.getEncoded()))
                .orElseThrow(() ->
                        new IllegalArgumentException("not a P-256 key: " + key.getAlgorithm()));
    }
}
