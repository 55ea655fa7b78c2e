package org.entente.client;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.PemFile;
import org.entente.certs.pem.SelfSigned;
import org.entente.certs.tls.TlsIdentity;
import org.entente.certs.tls.X509;
import org.entente.protocol.NodeId;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a node holds to show who it is, in a directory that only its owner may enter:
///
/// ```
/// key.p12           the private key, with its certificates once it is enrolled
/// password          of key.p12
/// certificate.pem   the identity certificate; missing while the enrolment is under way
/// chain.pem         the enrolment CA and the root
/// identity.conf     node and agent
/// relay, relay.pem  the relay's address and certificate, when one was named
/// ```
public final class IdentityDirectory {
    private static final String KEY = "key.p12";
    private static final String PASSWORD = "password";
    private static final String CERTIFICATE = "certificate.pem";
    private static final String CHAIN = "chain.pem";
    private static final String CONFIGURATION = "identity.conf";
    private static final Duration WAITING = Duration.ofDays(30);

    private final Path home;
    private final Cryptography cryptography;
    private final Password password;
    private final KeyFile key;

    private IdentityDirectory(
            Path home, Cryptography cryptography, Password password, KeyFile key) {
        this.home = home;
        this.cryptography = cryptography;
        this.password = password;
        this.key = key;
    }

    /// The key stands on disk before anything is asked with it, so that an answer that got lost can
    /// be asked for again: a directory that still waits for its certificate is taken up.
    public static IdentityDirectory forEnrolment(
            Path home, Cryptography cryptography, SecureRandom random, Instant now)
            throws Unusable {
        if (isComplete(home)) {
            throw new Unusable(
                    home + " holds an identity already",
                    "Name another directory, or renew this one: entente cert renew.");
        }
        try {
            if (!Files.exists(home)) {
                PrivateFile.createDirectory(home);
            }
            if (!Files.exists(home.resolve(KEY))) {
                PrivateFile.write(home.resolve(PASSWORD), PrivateFile.freshPassword(random));
                var keys = cryptography.freshKey(random);
                var waiting =
                        SelfSigned.certificate(keys, List.of(), WAITING, cryptography, random, now);
                new KeyFile(keys, List.of(waiting))
                        .write(home.resolve(KEY), Password.read(home.resolve(PASSWORD)));
            }
        } catch (IOException | KeyFileUnusable e) {
            throw unusable(home, e);
        }
        return read(home, cryptography);
    }

    /// Whether an enrolment into the directory was finished.
    public static boolean isComplete(Path home) {
        return Files.exists(home.resolve(CERTIFICATE));
    }

    public static IdentityDirectory open(Path home, Cryptography cryptography) throws Unusable {
        if (!isComplete(home)) {
            throw new Unusable(
                    home + " holds no identity", "Enrol a node into it first: entente enroll.");
        }
        return read(home, cryptography);
    }

    private static IdentityDirectory read(Path home, Cryptography cryptography) throws Unusable {
        try {
            Password password = Password.read(home.resolve(PASSWORD));
            return new IdentityDirectory(
                    home, cryptography, password, KeyFile.read(home.resolve(KEY), password));
        } catch (IOException | KeyFileUnusable e) {
            throw unusable(home, e);
        }
    }

    /// Takes in the certificate that an enrolment or a renewal gave.
    public void hold(Certificate certificate, Authorities issuer, URI agent) throws Unusable {
        try {
            List<Certificate> chain = List.of(issuer.enrolment(), issuer.root());
            KeyFile.of(key.keys(), List.of(certificate, issuer.enrolment()))
                    .write(home.resolve(KEY), password);
            PemFile.write(home.resolve(CHAIN), chain);
            PrivateFile.write(
                    home.resolve(CONFIGURATION),
                    "node = "
                            + certificate.node().map(NodeId::uri).orElseThrow()
                            + "\nagent = "
                            + agent
                            + "\n");
            PemFile.write(home.resolve(CERTIFICATE), List.of(certificate));
        } catch (IOException e) {
            throw unusable(home, e);
        }
    }

    public Path home() {
        return home;
    }

    public Signer signer() {
        return cryptography.signer(key.keys());
    }

    public Certificate certificate() throws Unusable {
        return certificates(CERTIFICATE).getFirst();
    }

    /// The enrolment CA and the root.
    public List<Certificate> chain() throws Unusable {
        return certificates(CHAIN);
    }

    public NodeId node() throws Unusable {
        return certificate()
                .node()
                .orElseThrow(() -> new Unusable(home + " is of no node", "Enrol anew."));
    }

    /// Where its organisation's agent answers, as the enrolment found it.
    public Optional<URI> agent() throws Unusable {
        try {
            return Files.readAllLines(home.resolve(CONFIGURATION)).stream()
                    .filter(line -> line.startsWith("agent = "))
                    .map(line -> URI.create(line.substring("agent = ".length()).strip()))
                    .findFirst();
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(home, e);
        }
    }

    public TlsIdentity tls() throws Unusable {
        return new TlsIdentity(
                key.keys().getPrivate(),
                List.of(X509.of(certificate()), X509.of(chain().getFirst())));
    }

    private List<Certificate> certificates(String name) throws Unusable {
        Path file = home.resolve(name);
        try {
            List<Certificate> found = PemFile.certificates(file).orThrow();
            if (found.isEmpty()) {
                throw new Unusable(file + " holds no certificate", "Enrol anew.");
            }
            return found;
        } catch (IOException | IllegalStateException e) {
            throw unusable(file, e);
        }
    }

    private static Unusable unusable(Path what, Exception why) {
        return new Unusable(
                what + " cannot be used: " + why.getMessage(),
                "Check the path and that its owner runs this.");
    }
}
