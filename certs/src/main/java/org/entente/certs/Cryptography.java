package org.entente.certs;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/// Which provider signs and verifies: the fastest that passes a test of itself, never the JDK's own
/// SunEC, which verifies P-256 at an eighth of the speed (docs/certificates.md §5).
public final class Cryptography {
    private static final String FASTEST =
            "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final String CURVE = "secp256r1";
    private static final Digest PROBE = Digest.of(Bytes.utf8("a signature to try a provider"));
    private static final Digest OTHER = Digest.of(Bytes.utf8("what was not signed"));

    private final Provider provider;
    private final String report;
    private final EllipticCurve curve;

    private Cryptography(Provider provider, String why) {
        this.provider = provider;
        this.report = provider.getName() + " " + provider.getVersionStr() + ": " + why;
        this.curve = new EllipticCurve(provider);
    }

    /// Amazon Corretto Crypto Provider where it loads and works, else Bouncy Castle.
    public static Cryptography fastest() {
        return fastest(Cryptography::corretto);
    }

    private static Optional<Provider> corretto() {
        return ServiceLoader.load(Provider.class).stream()
                .filter(entry -> entry.type().getName().equals(FASTEST))
                .findFirst()
                .map(ServiceLoader.Provider::get);
    }

    static Cryptography fastest(Supplier<Optional<Provider>> source) {
        String why;
        try {
            Optional<Provider> found = source.get();
            if (found.isPresent()) {
                Cryptography fastest =
                        new Cryptography(found.get(), "the fastest, passed its self test");
                fastest.selfTest();
                return fastest;
            }
            why = "it is not on the class path";
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            // A native library that does not load or does not work on this machine is a reason to
            // be slower, not a reason to stop.
            why = e.toString();
        }
        return portable("the portable fallback, for AmazonCorrettoCryptoProvider: " + why);
    }

    public static Cryptography portable() {
        return portable("the portable one, as asked");
    }

    private static Cryptography portable(String why) {
        Cryptography portable = new Cryptography(new BouncyCastleProvider(), why);
        portable.selfTest();
        return portable;
    }

    /// Which provider is used and why, for the log at the start and for `doctor`.
    public String report() {
        return report;
    }

    public Provider provider() {
        return provider;
    }

    public Verifier verifier() {
        return curve;
    }

    public Signer signer(KeyPair keys) {
        return new KeySigner(curve, keys);
    }

    public KeyPair freshKey(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            generator.initialize(new ECGenParameterSpec(CURVE), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " makes no P-256 keys", e);
        }
    }

    private void selfTest() {
        Signer signer = signer(freshKey(new SecureRandom()));
        VerifyingKey key = signer.key();
        var signature = signer.sign(PROBE);
        if (!curve.verify(key, PROBE, signature) || curve.verify(key, OTHER, signature)) {
            throw new IllegalStateException("the self test failed: signatures are misjudged");
        }
    }
}
