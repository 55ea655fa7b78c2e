package org.entente.agent.pem;

import org.entente.agent.Organisation;
import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.Cryptography;
import org.entente.certs.HostName;
import org.entente.certs.SigningRequest;
import org.entente.certs.issue.Invitation;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.PemFile;
import org.entente.certs.tls.TlsIdentity;
import org.entente.certs.tls.X509;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/// The agent's own identity on disk, laid out as every node's is, so that the command line can use
/// it: `key.p12`, its `password`, `certificate.pem`, `chain.pem`, `identity.conf`.
///
/// The key stays the same over all renewals: epoch records name it (protocol.md §2.4).
public final class IdentityFiles {
    private static final String KEY = "key.p12";
    private static final String CERTIFICATE = "certificate.pem";
    private static final String CHAIN = "chain.pem";
    private static final String PASSWORD = "password";
    private static final String CONFIGURATION = "identity.conf";
    private static final Duration OWN_TOKEN_LIFETIME = Duration.ofMinutes(5);

    private final Path directory;
    private final Cryptography cryptography;
    private final SecureRandom random;

    public IdentityFiles(Path directory, Cryptography cryptography, SecureRandom random) {
        this.directory = directory;
        this.cryptography = cryptography;
        this.random = random;
    }

    public boolean exist() {
        return Files.exists(directory.resolve(KEY));
    }

    /// Makes key and certificate, once.
    public Identity create(
            Organisation organisation, NodeId node, SortedSet<HostName> hosts, Instant now)
            throws FilesUnusable, LedgerUnavailable {
        if (exist()) {
            throw new FilesUnusable(
                    "the agent's identity exists already in "
                            + directory
                            + "; start without --init");
        }
        try {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            // One that a crash left before there was a key is taken up.
            if (!Files.exists(directory.resolve(PASSWORD))) {
                Password.create(directory.resolve(PASSWORD), random);
            }
        } catch (KeyFileUnusable e) {
            throw new FilesUnusable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw unusable(e);
        }
        return certify(organisation, node, hosts, cryptography.freshKey(random), now);
    }

    /// Gives the same key another certificate, of the newest generation.
    public Identity renew(
            Organisation organisation, NodeId node, SortedSet<HostName> hosts, Instant now)
            throws FilesUnusable, LedgerUnavailable {
        return certify(organisation, node, hosts, keyFile().keys(), now);
    }

    /// By a token of its own, as any node: so that a renewal needs no older certificate that still
    /// holds, and may name other hosts.
    private Identity certify(
            Organisation organisation,
            NodeId node,
            SortedSet<HostName> hosts,
            KeyPair keys,
            Instant now)
            throws FilesUnusable, LedgerUnavailable {
        SigningRequest request = SigningRequest.forNode(node, hosts, cryptography.signer(keys));
        Parsed<Invitation> invitation =
                organisation.authority().invite(node, hosts, OWN_TOKEN_LIFETIME, now);
        if (invitation instanceof Parsed.Refused<Invitation>(var why)) {
            throw new FilesUnusable("the CA does not certify " + node + ": " + why);
        }
        Parsed<Certificate> issued =
                organisation.authority().enrol(node, invitation.orThrow().token(), request, now);
        if (issued instanceof Parsed.Refused<Certificate>(var why)) {
            throw new FilesUnusable("the CA does not certify " + node + ": " + why);
        }
        Certificate certificate = issued.orThrow();
        Authorities issuer = organisation.newest();
        try {
            PemFile.write(directory.resolve(CHAIN), List.of(issuer.enrolment(), issuer.root()));
            PemFile.write(directory.resolve(CERTIFICATE), List.of(certificate));
            Files.writeString(directory.resolve(CONFIGURATION), "node = " + node.uri() + "\n");
            KeyFile.of(keys, List.of(certificate, issuer.enrolment()))
                    .write(directory.resolve(KEY), password());
        } catch (KeyFileUnusable e) {
            throw new FilesUnusable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw unusable(e);
        }
        return read();
    }

    public Identity read() throws FilesUnusable {
        KeyFile file = keyFile();
        return switch (X509.ours(file.chain().getFirst())) {
            case Parsed.Value<Certificate>(var certificate) ->
                    new Identity(
                            certificate,
                            cryptography.signer(file.keys()),
                            new TlsIdentity(file.keys().getPrivate(), file.chain()));
            case Parsed.Refused<Certificate>(var why) ->
                    throw new FilesUnusable(directory.resolve(KEY) + ": " + why);
        };
    }

    /// Changes whenever somebody writes the key file.
    public FileTime written() throws FilesUnusable {
        requireExisting();
        try {
            return Files.getLastModifiedTime(directory.resolve(KEY));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void requireExisting() throws FilesUnusable {
        if (!exist()) {
            throw new FilesUnusable(
                    "the agent has no identity in "
                            + directory
                            + " yet; make it with --init, or restore it from a backup");
        }
    }

    private Password password() throws IOException, KeyFileUnusable {
        return Password.read(directory.resolve(PASSWORD));
    }

    private KeyFile keyFile() throws FilesUnusable {
        requireExisting();
        try {
            return KeyFile.read(directory.resolve(KEY), password());
        } catch (KeyFileUnusable e) {
            throw new FilesUnusable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private FilesUnusable unusable(IOException why) {
        return new FilesUnusable("cannot use the directory " + directory + ": " + why, why);
    }
}
