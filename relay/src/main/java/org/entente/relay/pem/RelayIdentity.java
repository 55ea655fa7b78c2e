package org.entente.relay.pem;

import org.entente.certs.Cryptography;
import org.entente.certs.HostName;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.Pem;
import org.entente.certs.pem.PemFile;
import org.entente.certs.pem.SelfSigned;
import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The relay's key: it signs checkpoints and shows in TLS. It is no authority's, so with all its
/// files the relay can certify nobody (protocol.md §2.1).
public final class RelayIdentity {
    /// The key stands in epoch records and is replaced by one; the certificate only carries it.
    private static final Duration LIFETIME = Duration.ofDays(3650);

    private static final String KEY = "relay.p12";
    private static final String PASSWORD = "password";
    private static final String CERTIFICATE = "relay.pem";

    private final KeyFile file;
    private final Signer signer;

    private RelayIdentity(KeyFile file, Cryptography cryptography) {
        this.file = file;
        this.signer = cryptography.signer(file.keys());
    }

    /// Makes the key, or takes up what an interrupted making left. [#publish] ends the making.
    public static RelayIdentity create(
            Path directory,
            Collection<HostName> hosts,
            Cryptography cryptography,
            SecureRandom random,
            Instant now)
            throws IOException, KeyFileUnusable {
        if (Files.exists(directory.resolve(KEY))) {
            return read(directory, cryptography);
        }
        KeyPair keys = cryptography.freshKey(random);
        X509Certificate certificate =
                SelfSigned.certificate(keys, hosts, LIFETIME, cryptography, random, now);
        KeyFile file = new KeyFile(keys, List.of(certificate));
        Path secret = directory.resolve(PASSWORD);
        Password password =
                Files.exists(secret) ? Password.read(secret) : Password.create(secret, random);
        file.write(directory.resolve(KEY), password);
        return new RelayIdentity(file, cryptography);
    }

    /// Whether a relay was made here, whatever has become of it.
    public static boolean isPublished(Path directory) {
        return Files.exists(directory.resolve(CERTIFICATE));
    }

    /// Writes the certificate that members pin.
    public void publish(Path directory) throws IOException {
        PemFile.write(directory.resolve(CERTIFICATE), pem());
    }

    public static RelayIdentity read(Path directory, Cryptography cryptography)
            throws IOException, KeyFileUnusable {
        Password password = Password.read(directory.resolve(PASSWORD));
        return new RelayIdentity(KeyFile.read(directory.resolve(KEY), password), cryptography);
    }

    public KeyFile file() {
        return file;
    }

    public Signer signer() {
        return signer;
    }

    public VerifyingKey key() {
        return signer.key();
    }

    /// What members pin.
    public String pem() {
        try {
            return Pem.encode(Pem.CERTIFICATE, Bytes.copyOf(file.chain().getFirst().getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of our own has no encoding", e);
        }
    }
}
