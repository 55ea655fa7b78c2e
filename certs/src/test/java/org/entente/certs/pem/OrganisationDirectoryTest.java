package org.entente.certs.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.entente.certs.fixture.Organisation.CRYPTOGRAPHY;
import static org.entente.certs.fixture.Organisation.NOW;
import static org.entente.certs.fixture.Organisation.NO_HOSTS;
import static org.entente.certs.fixture.Organisation.RANDOM;
import static org.entente.certs.fixture.Organisation.freshSigner;

import org.entente.certs.Certificate;
import org.entente.certs.HostName;
import org.entente.certs.SigningRequest;
import org.entente.certs.issue.CertificateAuthority;
import org.entente.certs.issue.Generation;
import org.entente.certs.issue.Invitation;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

class OrganisationDirectoryTest {
    private static final OrganisationId ALPHA = new OrganisationId("alpha.example");
    private static final NodeId NODE = new NodeId(ALPHA, new Name("node-1"));
    @TempDir private Path directory;
    private Path home;
    private Password password;

    @BeforeEach
    void create() throws Exception {
        home = directory.resolve("alpha");
        password = Password.read(secret("correct horse", "rw-------"));
        OrganisationDirectory.create(home, ALPHA, password, CRYPTOGRAPHY, RANDOM, NOW);
    }

    private Path secret(String text, String mode) throws IOException {
        Path file = Files.createTempFile(directory, "password", "");
        Files.writeString(file, text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    private OrganisationDirectory open() throws IOException, KeyFileUnusable {
        return OrganisationDirectory.open(home, password, CRYPTOGRAPHY);
    }

    @Test
    void a_token_made_by_one_process_enrols_at_another_after_a_restart() throws Exception {
        Invitation invitation;
        try (OrganisationDirectory organisation = open()) {
            invitation =
                    organisation
                            .authority(RANDOM)
                            .invite(NODE, NO_HOSTS, Duration.ofHours(1), NOW)
                            .orThrow();
        }
        try (OrganisationDirectory organisation = open()) {
            CertificateAuthority authority = organisation.authority(RANDOM);
            authority
                    .enrol(
                            NODE,
                            invitation.token(),
                            SigningRequest.forNode(NODE, NO_HOSTS, freshSigner()),
                            NOW)
                    .orThrow();
        }
        try (OrganisationDirectory organisation = open()) {
            assertThat(
                            organisation
                                    .authority(RANDOM)
                                    .enrol(
                                            NODE,
                                            invitation.token(),
                                            SigningRequest.forNode(NODE, NO_HOSTS, freshSigner()),
                                            NOW)
                                    .verdict())
                    .isInstanceOfSatisfying(
                            Verdict.Rejected.class,
                            rejected -> assertThat(rejected.fault()).isEqualTo(Fault.TOKEN_USED));
        }
        byte[] ledger = Files.readAllBytes(home.resolve("ledger"));
        String hex = Bytes.copyOf(ledger).hex();
        assertThat(hex)
                .contains(Digest.of(Bytes.utf8(invitation.token())).hex())
                .doesNotContain(Bytes.utf8(invitation.token()).hex());
    }

    @Test
    void only_the_owner_may_read_keys() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.walk(home)) {
            List<Path> keys = files.filter(file -> file.toString().endsWith(".p12")).toList();
            assertThat(keys).hasSize(3);
            for (Path key : keys) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void a_directory_is_never_made_over_another() {
        assertThatThrownBy(() ->
                        OrganisationDirectory.create(
                                home, ALPHA, password, CRYPTOGRAPHY, RANDOM, NOW))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void a_rotation_is_prepared_then_activated() throws Exception {
        Generation next;
        try (OrganisationDirectory organisation = open()) {
            assertThat(organisation.prepared()).isEmpty();
            next = organisation.prepareRotation(RANDOM, NOW);
            Generation again = organisation.prepareRotation(RANDOM, NOW);
            assertThat(again.authorities()).isEqualTo(next.authorities());
        }
        try (OrganisationDirectory organisation = open()) {
            assertThat(organisation.current().number()).isEqualTo(1);
            Generation prepared = organisation.prepared().orElseThrow();
            assertThat(prepared.authorities()).isEqualTo(next.authorities());
            organisation.activate(prepared);
        }
        try (OrganisationDirectory organisation = open()) {
            assertThat(organisation.current().authorities()).isEqualTo(next.authorities());
            assertThat(organisation.generations()).hasSize(2);
            assertThat(organisation.publishLists(NOW)).hasSize(6);
            assertThat(home.resolve("lists/generation-2-enrolment.crl.pem")).exists();
            assertThatThrownBy(() -> organisation.activate(next))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void files_that_were_swapped_are_named() throws Exception {
        Path generation = home.resolve("generation-1");
        Files.copy(
                generation.resolve("enrolment/key.p12"),
                generation.resolve("transaction/key.p12"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::open)
                .isInstanceOf(KeyFileUnusable.class)
                .hasMessageContaining("do not belong together");
        Files.copy(
                generation.resolve("enrolment/certificate.pem"),
                generation.resolve("transaction/certificate.pem"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::open)
                .isInstanceOf(KeyFileUnusable.class)
                .hasMessageContaining("WRONG_USAGE");
    }

    @Test
    void a_wrong_password_is_said_without_showing_it() throws Exception {
        Password wrong = Password.read(secret("wrong horse", "rw-------"));
        assertThatThrownBy(() -> OrganisationDirectory.open(home, wrong, CRYPTOGRAPHY))
                .isInstanceOf(KeyFileUnusable.class)
                .hasMessageContaining("is the password right?")
                .hasMessageNotContaining("wrong horse");
    }

    @Test
    void a_password_file_that_others_may_read_or_that_is_too_short_is_refused() throws Exception {
        Path open = secret("correct horse", "rw-r-----");
        assertThatThrownBy(() -> Password.read(open))
                .isInstanceOf(KeyFileUnusable.class)
                .hasMessageContaining("chmod 600");
        Path brief = secret("short", "rw-------");
        assertThatThrownBy(() -> Password.read(brief))
                .isInstanceOf(KeyFileUnusable.class)
                .hasMessageContaining("5 characters");
    }

    @Test
    void a_key_waits_for_its_certificate_in_a_self_signed_one() throws Exception {
        KeyPair keys = CRYPTOGRAPHY.freshKey(RANDOM);
        var waiting =
                SelfSigned.certificate(
                        keys,
                        List.of(new HostName("localhost"), new HostName("127.0.0.1")),
                        Duration.ofDays(1),
                        CRYPTOGRAPHY,
                        RANDOM,
                        NOW);
        Path file = directory.resolve("node.p12");
        new KeyFile(keys, List.of(waiting)).write(file, password);
        KeyFile read = KeyFile.read(file, password);
        assertThat(read.chain()).containsExactly(waiting);
        assertThat(CRYPTOGRAPHY.signer(read.keys()).key())
                .isEqualTo(CRYPTOGRAPHY.signer(keys).key());
        assertThat(Certificate.parse(Bytes.copyOf(waiting.getEncoded())).verdict())
                .isInstanceOf(Verdict.Rejected.class);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".next"));
        }
    }
}
