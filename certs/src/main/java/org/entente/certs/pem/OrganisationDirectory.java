package org.entente.certs.pem;

import org.entente.certs.Cryptography;
import org.entente.certs.RevocationList;
import org.entente.certs.issue.CertificateAuthority;
import org.entente.certs.issue.Generation;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.certs.issue.Withdrawals;
import org.entente.certs.journal.FileLedger;
import org.entente.protocol.Bytes;
import org.entente.protocol.OrganisationId;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// An organisation's CA on disk, which only its owner may enter:
///
/// ```
/// organisation                      its domain name
/// current                           the generation that certifies
/// generation-N/{root,enrolment,transaction}/{key.p12,certificate.pem}
/// ledger                            tokens, certificates, revocations, openings
/// lists/generation-N-{root,enrolment,transaction}.crl.pem
/// ```
///
/// A generation past `current` is prepared: its root can sign the rotation, it certifies nothing
/// until [#activate]. The agent and the command line may hold one directory open at once; a process
/// sees a rotation when it opens the directory anew.
public final class OrganisationDirectory implements Closeable {
    private static final String ORGANISATION = "organisation";
    private static final String CURRENT = "current";
    private static final String LEDGER = "ledger";
    private static final String LISTS = "lists";
    private static final String GENERATION = "generation-";
    private static final String OWNER_ONLY = "rwx------";

    private final Path home;
    private final OrganisationId organisation;
    private final Password password;
    private final Cryptography cryptography;
    private final FileLedger ledger;
    private final List<Generation> generations;
    private final Optional<Generation> prepared;

    private OrganisationDirectory(
            Path home,
            OrganisationId organisation,
            Password password,
            Cryptography cryptography,
            FileLedger ledger,
            List<Generation> generations,
            Optional<Generation> prepared) {
        this.home = home;
        this.organisation = organisation;
        this.password = password;
        this.cryptography = cryptography;
        this.ledger = ledger;
        this.generations = Collections.unmodifiableList(generations);
        this.prepared = prepared;
    }

    /// Makes the whole directory elsewhere and moves it into place: after a crash it is there or
    /// not. (What a crash leaves is a directory beside it whose name begins with a dot.)
    public static void create(
            Path home,
            OrganisationId organisation,
            Password password,
            Cryptography cryptography,
            SecureRandom random,
            Instant now)
            throws IOException {
        if (Files.exists(home)) {
            throw new FileAlreadyExistsException(home.toString());
        }
        Path next = fresh(home.toAbsolutePath());
        Path first = createDirectory(next.resolve(GENERATION + 1));
        new GenerationDirectory(first, password, cryptography).create(organisation, 1, random, now);
        createDirectory(next.resolve(LISTS));
        FileLedger.create(next.resolve(LEDGER)).close();
        write(next.resolve(ORGANISATION), organisation.domain());
        write(next.resolve(CURRENT), "1");
        AtomicFile.force(next);
        publish(next, home.toAbsolutePath());
    }

    public static OrganisationDirectory open(
            Path home, Password password, Cryptography cryptography)
            throws IOException, KeyFileUnusable {
        OrganisationId organisation;
        int current;
        try {
            organisation = new OrganisationId(line(home.resolve(ORGANISATION)));
            current = Integer.parseInt(line(home.resolve(CURRENT)));
        } catch (IllegalArgumentException e) {
            throw new KeyFileUnusable(home + " is damaged: " + e.getMessage(), e);
        }
        List<Generation> generations = new ArrayList<>();
        for (int number = 1; number <= current; number++) {
            generations.add(generation(home, number, organisation, password, cryptography));
        }
        Optional<Generation> prepared =
                Files.exists(home.resolve(GENERATION + (current + 1)))
                        ? Optional.of(
                                generation(home, current + 1, organisation, password, cryptography))
                        : Optional.empty();
        return new OrganisationDirectory(
                home,
                organisation,
                password,
                cryptography,
                FileLedger.open(home.resolve(LEDGER)),
                generations,
                prepared);
    }

    private static Generation generation(
            Path home,
            int number,
            OrganisationId organisation,
            Password password,
            Cryptography cryptography)
            throws IOException, KeyFileUnusable {
        Path directory = home.resolve(GENERATION + number);
        Generation generation =
                new GenerationDirectory(directory, password, cryptography).read(organisation);
        if (generation.number() != number) {
            throw new KeyFileUnusable(directory + " holds " + generation);
        }
        return generation;
    }

    /// Makes the next generation. Its root and the current one sign the change of the registry that
    /// takes it into force; then comes [#activate]. Asked again, it gives the same one.
    public Generation prepareRotation(SecureRandom random, Instant now)
            throws IOException, KeyFileUnusable {
        int number = current().number() + 1;
        Path place = home.resolve(GENERATION + number).toAbsolutePath();
        if (!Files.exists(place)) {
            Path next = fresh(place);
            new GenerationDirectory(next, password, cryptography)
                    .create(organisation, number, random, now);
            publish(next, place);
        }
        return generation(home, number, organisation, password, cryptography);
    }

    /// Lets a prepared generation certify, for every process that opens the directory from now on.
    public void activate(Generation next) throws IOException {
        if (next.number() != current().number() + 1
                || !Files.exists(home.resolve(GENERATION + next.number()))) {
            throw new IllegalArgumentException(next + " is not the one that was prepared");
        }
        write(home.resolve(CURRENT), Integer.toString(next.number()));
    }

    public OrganisationId organisation() {
        return organisation;
    }

    /// Oldest first, the last one certifies.
    public List<Generation> generations() {
        return generations;
    }

    public Generation current() {
        return generations.getLast();
    }

    public Optional<Generation> prepared() {
        return prepared;
    }

    public FileLedger ledger() {
        return ledger;
    }

    public CertificateAuthority authority(SecureRandom random) {
        return new CertificateAuthority(generations, ledger, cryptography.verifier(), random);
    }

    public Withdrawals withdrawals() {
        return new Withdrawals(generations, ledger);
    }

    /// Makes the next CRL of every CA and puts them into `lists/`.
    public List<RevocationList> publishLists(Instant now) throws IOException, LedgerUnavailable {
        List<RevocationList> lists = withdrawals().lists(now);
        for (RevocationList list : lists) {
            var issuer = list.content().issuer();
            String kind = issuer.kind().toString().split(" ", 2)[0];
            PemFile.write(
                    home.resolve(LISTS)
                            .resolve(GENERATION + issuer.generation() + "-" + kind + ".crl.pem"),
                    list);
        }
        return lists;
    }

    private static Path fresh(Path place) throws IOException {
        return Files.createTempDirectory(AtomicFile.parent(place), "." + place.getFileName() + ".");
    }

    private static void publish(Path next, Path place) throws IOException {
        Files.move(next, place, StandardCopyOption.ATOMIC_MOVE);
        AtomicFile.force(AtomicFile.parent(place));
    }

    private static Path createDirectory(Path directory) throws IOException {
        return Files.createDirectory(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    }

    private static void write(Path file, String line) throws IOException {
        AtomicFile.write(file, Bytes.utf8(line + "\n"), AtomicFile.Reader.OWNER);
    }

    private static String line(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
