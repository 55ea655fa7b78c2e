package org.entente.chain.por.app;

import org.entente.certs.Cryptography;
import org.entente.certs.HostName;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.Pem;
import org.entente.certs.pem.SelfSigned;
import org.entente.certs.tls.TlsIdentity;
import org.entente.light.NodeSigner;
import org.entente.light.Rsa;
import org.entente.protocol.Bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// A member's two keys: its node's, which signs blocks and stands in the node's certificate, and
/// its account's, which is who it is. Beside them may lie the next one of its node.
record NodeKeys(KeyFile node, KeyFile account) {
    private static final Duration LIFETIME = Duration.ofDays(3650);
    private static final String PASSWORD = "password";
    private static final String NODE = "node.p12";
    private static final String NEXT = "node-next.p12";
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
        publish(node, directory);
        node.write(directory.resolve(NODE), password);
        return new NodeKeys(node, account);
    }

    /// The certificate, for clients to know the node by.
    private static void publish(KeyFile node, Path directory) throws IOException {
        try {
            Files.writeString(
                    directory.resolve(CERTIFICATE),
                    Pem.encode(
                            Pem.CERTIFICATE, Bytes.copyOf(node.chain().getFirst().getEncoded())));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of our own has no encoding", e);
        }
    }

    /// Makes the key that is to take the place of the node's, beside it. One that was made before
    /// and is not used yet is taken again: it may stand in a proposal.
    static KeyFile next(
            Path directory, Collection<String> hosts, Cryptography cryptography, Instant now)
            throws IOException, KeyFileUnusable {
        Optional<KeyFile> made = next(directory);
        if (made.isPresent()) {
            return made.get();
        }
        SecureRandom random = new SecureRandom();
        KeyPair keys = Rsa.of(cryptography).freshKey(random);
        KeyFile next = file(keys, hosts, cryptography, random, now);
        next.write(directory.resolve(NEXT), Password.read(directory.resolve(PASSWORD)));
        return next;
    }

    /// The key that is to take the place of the node's, where one was made.
    static Optional<KeyFile> next(Path directory) throws IOException, KeyFileUnusable {
        Path file = directory.resolve(NEXT);
        return Files.exists(file)
                ? Optional.of(KeyFile.read(file, Password.read(directory.resolve(PASSWORD))))
                : Optional.empty();
    }

    /// When the next key was made, by which a node notices that there is one.
    static Optional<FileTime> nextMade(Path directory) throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(directory.resolve(NEXT)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// The next key is the node's from now on, and the one before is gone: it could only be stolen.
    /// What ends in between is done once more, since the file of the next key goes last.
    static void replace(Path directory, KeyFile next) throws IOException, KeyFileUnusable {
        publish(next, directory);
        next.write(directory.resolve(NODE), Password.read(directory.resolve(PASSWORD)));
        Files.deleteIfExists(directory.resolve(NEXT));
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

    /// What shows to peers that a node has a key.
    static TlsIdentity shown(KeyFile node) {
        return new TlsIdentity(node.keys().getPrivate(), node.chain());
    }

    Signer transactions(Cryptography cryptography) {
        return cryptography.signer(account.keys());
    }
}
