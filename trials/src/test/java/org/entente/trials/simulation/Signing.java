package org.entente.trials.simulation;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;

/// How keys sign in a simulated world. Both ways are deterministic.
public enum Signing {
    /// For a hash's cost. Only a key's own [Signer] makes its signatures: nobody in a simulated
    /// world knows how it is done, so nobody can forge.
    PLAYED {
        @Override
        public Signer signer(KeyPair keys) {
            VerifyingKey key = PORTABLE.signer(keys).key();
            return new Signer() {
                @Override
                public VerifyingKey key() {
                    return key;
                }

                @Override
                public Signature sign(Digest digest) {
                    return played(key, digest);
                }
            };
        }

        @Override
        public Verifier verifier() {
            return (key, digest, signature) -> signature.equals(played(key, digest));
        }
    },

    /// ECDSA with the nonces of RFC 6979.
    GENUINE {
        @Override
        public Signer signer(KeyPair keys) {
            return new Rfc6979(
                    PORTABLE.signer(keys).key(), ((ECPrivateKey) keys.getPrivate()).getS());
        }

        @Override
        public Verifier verifier() {
            return FASTEST.verifier();
        }
    };

    private static final Cryptography PORTABLE = Cryptography.portable();
    private static final Cryptography FASTEST = Cryptography.fastest();

    public abstract Signer signer(KeyPair keys);

    public abstract Verifier verifier();

    public Signer fresh(SecureRandom random) {
        return signer(PORTABLE.freshKey(random));
    }

    private static Signature played(VerifyingKey key, Digest digest) {
        Bytes r = Digest.of(key.bytes().concat(digest.bytes())).bytes();
        Bytes s = Digest.of(r.concat(digest.bytes())).bytes();
        // Two bits less than the curve's order has keep both numbers within their bounds.
        return Signature.of(number(r).add(BigInteger.ONE), number(s).add(BigInteger.ONE));
    }

    private static BigInteger number(Bytes bytes) {
        return new BigInteger(1, bytes.toArray()).shiftRight(2);
    }

    /// The curve's own way, whose signature of a digest is always the same.
    private record Rfc6979(VerifyingKey key, BigInteger secret) implements Signer {
        private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");

        @Override
        public Signature sign(Digest digest) {
            ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
            signer.init(true, new ECPrivateKeyParameters(secret, new ECDomainParameters(CURVE)));
            BigInteger[] numbers = signer.generateSignature(digest.bytes().toArray());
            return Signature.of(numbers[0], numbers[1]);
        }
    }
}
