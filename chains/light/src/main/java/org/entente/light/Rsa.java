package org.entente.light;

import org.entente.certs.Cryptography;
import org.entente.protocol.Bytes;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;

/// RSA with SHA-256 as PKCS #1 v1.5 has it: the signature of a message is always the same bytes, so
/// signing again makes no second block.
public record Rsa(Provider provider) implements NodeVerifier {
    private static final String ALGORITHM = "SHA256withRSA";
    private static final int BITS = 2048;
    private static final int BITS_MAX = 3072;

    public static Rsa of(Cryptography cryptography) {
        return new Rsa(cryptography.provider());
    }

    public KeyPair freshKey(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
            generator.initialize(BITS, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " makes no RSA keys", e);
        }
    }

    public NodeSigner signer(KeyPair keys) {
        return new KeyPairSigner(new NodeKey(Bytes.copyOf(keys.getPublic().getEncoded())), keys);
    }

    @Override
    public boolean isUsable(NodeKey key) {
        try {
            return publicKey(key) instanceof RSAPublicKey rsa
                    && (rsa.getModulus().bitLength() == BITS
                            || rsa.getModulus().bitLength() == BITS_MAX)
                    && Bytes.copyOf(rsa.getEncoded()).equals(key.der());
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    @Override
    public boolean verify(NodeKey key, Bytes message, Bytes signature) {
        try {
            Signature verification = Signature.getInstance(ALGORITHM, provider);
            verification.initVerify(publicKey(key));
            verification.update(message.toArray());
            return verification.verify(signature.toArray());
        } catch (SignatureException _) {
            // Some providers say "no" by throwing.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " cannot verify RSA", e);
        }
    }

    private PublicKey publicKey(NodeKey key) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA", provider)
                .generatePublic(new X509EncodedKeySpec(key.der().toArray()));
    }

    private final class KeyPairSigner implements NodeSigner {
        private final NodeKey key;
        private final KeyPair keys;

        private KeyPairSigner(NodeKey key, KeyPair keys) {
            this.key = key;
            this.keys = keys;
        }

        @Override
        public NodeKey key() {
            return key;
        }

        @Override
        public Bytes sign(Bytes message) {
            try {
                Signature signing = Signature.getInstance(ALGORITHM, provider);
                signing.initSign(keys.getPrivate());
                signing.update(message.toArray());
                return Bytes.copyOf(signing.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(provider.getName() + " cannot sign with RSA", e);
            }
        }

        @Override
        public String toString() {
            return "the signer of " + key;
        }
    }
}
