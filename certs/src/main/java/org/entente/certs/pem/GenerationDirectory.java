package org.entente.certs.pem;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.CertificateKind;
import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.issue.Generation;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/// One generation of CAs on disk: `root/`, `enrolment/`, `transaction/`, each with `key.p12` and
/// `certificate.pem`.
final class GenerationDirectory {
    private static final String KEY = "key.p12";
    private static final String CERTIFICATE = "certificate.pem";

    private final Path directory;
    private final Password password;
    private final Cryptography cryptography;

    GenerationDirectory(Path directory, Password password, Cryptography cryptography) {
        this.directory = directory;
        this.password = password;
        this.cryptography = cryptography;
    }

    /// Into an empty directory that nobody else knows yet.
    Generation create(OrganisationId organisation, int number, SecureRandom random, Instant now)
            throws IOException {
        KeyPair root = cryptography.freshKey(random);
        KeyPair enrolment = cryptography.freshKey(random);
        KeyPair transaction = cryptography.freshKey(random);
        Generation generation =
                Generation.create(
                        organisation,
                        number,
                        cryptography.signer(root),
                        cryptography.signer(enrolment),
                        cryptography.signer(transaction),
                        random,
                        now);
        Authorities authorities = generation.authorities();
        write(root, List.of(authorities.root()));
        write(enrolment, List.of(authorities.enrolment(), authorities.root()));
        write(transaction, List.of(authorities.transaction(), authorities.root()));
        AtomicFile.force(directory);
        return generation;
    }

    private void write(KeyPair keys, List<Certificate> chain) throws IOException {
        Path place = Files.createDirectory(place(chain.getFirst().kind()));
        KeyFile.of(keys, chain).write(place.resolve(KEY), password);
        PemFile.write(place.resolve(CERTIFICATE), List.of(chain.getFirst()));
    }

    /// Checks what it reads: files may have been swapped or damaged since.
    Generation read(OrganisationId organisation) throws IOException, KeyFileUnusable {
        Authorities authorities =
                new Authorities(
                        organisation,
                        certificate(CertificateKind.ROOT),
                        certificate(CertificateKind.ENROLMENT_CA),
                        certificate(CertificateKind.TRANSACTION_CA));
        if (authorities.check(cryptography.verifier()) instanceof Verdict.Rejected why) {
            throw new KeyFileUnusable(directory + ": " + why);
        }
        try {
            return new Generation(
                    authorities,
                    signer(CertificateKind.ROOT),
                    signer(CertificateKind.ENROLMENT_CA),
                    signer(CertificateKind.TRANSACTION_CA));
        } catch (IllegalArgumentException e) {
            throw new KeyFileUnusable(directory + ": " + e.getMessage(), e);
        }
    }

    private Certificate certificate(CertificateKind ca) throws IOException, KeyFileUnusable {
        Path file = place(ca).resolve(CERTIFICATE);
        return switch (PemFile.certificates(file)) {
            case Parsed.Value<List<Certificate>>(var found) when found.size() == 1 ->
                    found.getFirst();
            case Parsed.Value<List<Certificate>>(var found) ->
                    throw new KeyFileUnusable(
                            file + " holds " + found.size() + " certificates, not one");
            case Parsed.Refused<List<Certificate>>(var why) ->
                    throw new KeyFileUnusable(file + ": " + why);
        };
    }

    private Signer signer(CertificateKind ca) throws IOException, KeyFileUnusable {
        return cryptography.signer(KeyFile.read(place(ca).resolve(KEY), password).keys());
    }

    private Path place(CertificateKind ca) {
        return directory.resolve(
                switch (ca) {
                    case ROOT -> "root";
                    case ENROLMENT_CA -> "enrolment";
                    case TRANSACTION_CA -> "transaction";
                    case IDENTITY, TRANSACTION ->
                            throw new IllegalArgumentException("not a kind of CA: " + ca);
                });
    }
}
