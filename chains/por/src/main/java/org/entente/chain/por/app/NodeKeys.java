package org.entente.chain.por.app;

import org.entente.certs.Cryptography;
import org.entente.certs.HostName;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.Pem;
import org.entente.certs.pem.SelfSigned;
import org.entente.light.NodeSigner;
import org.entente.light.Rsa;
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
import java.util.Collection;
import java.util.List;

/// A member's two keys: its node's, which signs blocks and stands in the node's certificate, and
/// its account's, which is who it is.
record NodeKeys(KeyFile node, KeyFile account) {
    private static final Duration LIFETIME = Duration.ofDays(3650);
    private static final String PASSWORD = "password";
    private static final String NODE = "node.p12";
    private static final String ACCOUNT = "account.p12";
    private static final String CERTIFICATE = "node.pem";

    static boolean areIn(Path directory) {
        return Files.exists(directory.resolve(NODE));
    }

    /// The node's key comes last: without it there are none.
    static NodeKeys make(
            Path directory, Collection<String> hosts, Cryptography cryptography, Instant now)
            throws IOException, KeyFileUnusable {
        Files.createDirectories(directory);
        SecureRandom random = new SecureRandom();
        Files.deleteIfExists(directory.resolve(PASSWORD));
        Password password = Password.create(directory.resolve(PASSWORD), random);
        KeyFile account = file(cryptography.freshKey(random), List.of(), cryptography, random, now);
        account.write(directory.resolve(ACCOUNT), password);
        KeyPair keys = Rsa.of(cryptography).freshKey(random);
        KeyFile node = file(keys, hosts, cryptography, random, now);
        try {
            Files.writeString(
                    directory.resolve(CERTIFICATE),
                    Pem.encode(
                            Pem.CERTIFICATE, Bytes.copyOf(node.chain().getFirst().getEncoded())));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of our own has no encoding", e);
        }
        node.write(directory.resolve(NODE), password);
        return new NodeKeys(node, account);
    }

    private static KeyFile file(
            KeyPair keys,
            Collection<String> hosts,
            Cryptography cryptography,
            SecureRandom random,
            Instant now) {
        X509Certificate certificate =
                SelfSigned.certificate(
                        keys,
                        hosts.stream().map(HostName::new).toList(),
                        LIFETIME,
                        cryptography,
                        random,
                        now);
        return new KeyFile(keys, List.of(certificate));
    }

    static NodeKeys read(Path directory) throws IOException, KeyFileUnusable {
        Password password = Password.read(directory.resolve(PASSWORD));
        return new NodeKeys(
                KeyFile.read(directory.resolve(NODE), password),
                KeyFile.read(directory.resolve(ACCOUNT), password));
    }

    NodeSigner blocks(Cryptography cryptography) {
        return Rsa.of(cryptography).signer(node.keys());
    }

    Signer transactions(Cryptography cryptography) {
        return cryptography.signer(account.keys());
    }
}
