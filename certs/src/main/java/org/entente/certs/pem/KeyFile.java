package org.entente.certs.pem;

import org.entente.certs.Certificate;
import org.entente.protocol.Bytes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// A private key with its certificates in a PKCS#12 file that only its owner may read.
///
/// @param keys the key pair
/// @param chain the key's own certificate first; for a key that has none yet, a self-signed one
///   ([SelfSigned])
public record KeyFile(KeyPair keys, List<X509Certificate> chain) {
    private static final String TYPE = "PKCS12";
    private static final String ALIAS = "key";
    private static final int SIZE_BYTES_MAX = 128 * 1024;

    public KeyFile {
        chain = Collections.unmodifiableList(chain);
        if (!chain.getFirst().getPublicKey().equals(keys.getPublic())
                && !Arrays.equals(
                        chain.getFirst().getPublicKey().getEncoded(),
                        keys.getPublic().getEncoded())) {
            throw new IllegalArgumentException("the first certificate is not of this key");
        }
    }

    public static KeyFile of(KeyPair keys, List<Certificate> chain) {
        return new KeyFile(keys, chain.stream().map(KeyFile::x509).toList());
    }

    public static KeyFile read(Path file, Password password) throws IOException, KeyFileUnusable {
        if (Files.size(file) > SIZE_BYTES_MAX) {
            throw new KeyFileUnusable(file + " is too large for a key file");
        }
        byte[] content = Files.readAllBytes(file);
        try {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(new ByteArrayInputStream(content), password.copy());
            if (!(store.getKey(ALIAS, password.copy()) instanceof PrivateKey key)) {
                throw new KeyFileUnusable(file + " holds no key named '" + ALIAS + "'");
            }
            List<X509Certificate> chain =
                    Arrays.stream(store.getCertificateChain(ALIAS))
                            .map(X509Certificate.class::cast)
                            .toList();
            return new KeyFile(new KeyPair(chain.getFirst().getPublicKey(), key), chain);
        } catch (IOException | GeneralSecurityException e) {
            throw new KeyFileUnusable(
                    file + " cannot be opened; is the password right? " + e.getMessage(), e);
        }
    }

    /// Replaces the file at once and durably.
    public void write(Path file, Password password) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(null, password.copy());
            store.setKeyEntry(
                    ALIAS,
                    keys.getPrivate(),
                    password.copy(),
                    chain.toArray(new X509Certificate[0]));
            store.store(content, password.copy());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK writes PKCS#12", e);
        }
        AtomicFile.write(file, Bytes.copyOf(content.toByteArray()), AtomicFile.Reader.OWNER);
    }

    /// For TLS, which knows only the JDK's certificates.
    public static X509Certificate x509(Certificate certificate) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(certificate.der().toArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK does not take " + certificate, e);
        }
    }

    @Override
    public String toString() {
        return "the key file of " + chain.getFirst().getSubjectX500Principal();
    }
}
