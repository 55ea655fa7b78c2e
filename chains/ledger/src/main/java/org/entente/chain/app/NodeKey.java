package org.entente.chain.app;

import org.entente.certs.Cryptography;
import org.entente.certs.HostName;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.Pem;
import org.entente.certs.pem.SelfSigned;
import org.entente.protocol.Bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The one key of a node that has no other, with the certificate that shows it: `node.p12`, its
/// `password`, and `node.pem` for clients.
public final class NodeKey {
    private static final Duration LIFETIME = Duration.ofDays(3650);
    private static final String PASSWORD = "password";
    private static final String KEY = "node.p12";
    private static final String CERTIFICATE = "node.pem";

    private NodeKey() {}

    public static boolean isIn(Path directory) {
        return Files.exists(directory.resolve(CERTIFICATE));
    }

    /// What an interrupted start left is made again; the certificate comes last.
    public static KeyFile make(
            Path directory, List<String> hosts, Cryptography cryptography, Instant now)
            throws IOException, KeyFileUnusable {
        Files.createDirectories(directory);
        SecureRandom random = new SecureRandom();
        KeyPair keys = cryptography.freshKey(random);
        X509Certificate certificate =
                SelfSigned.certificate(
                        keys,
                        hosts.stream().map(HostName::new).toList(),
                        LIFETIME,
                        cryptography,
                        random,
                        now);
        KeyFile file = new KeyFile(keys, List.of(certificate));
        Files.deleteIfExists(directory.resolve(PASSWORD));
        Files.deleteIfExists(directory.resolve(KEY));
        file.write(directory.resolve(KEY), Password.create(directory.resolve(PASSWORD), random));
        try {
            Files.writeString(
                    directory.resolve(CERTIFICATE),
                    Pem.encode(Pem.CERTIFICATE, Bytes.copyOf(certificate.getEncoded())));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of our own has no encoding", e);
        }
        return file;
    }

    public static KeyFile read(Path directory) throws IOException, KeyFileUnusable {
        return KeyFile.read(directory.resolve(KEY), Password.read(directory.resolve(PASSWORD)));
    }
}
