package org.entente.agent.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.agent.fixture.FakeRelay;
import org.entente.agent.fixture.Organisations;
import org.entente.agent.pem.Identity;
import org.entente.agent.pem.IdentityFiles;
import org.entente.agent.pem.OrganisationFiles;
import org.entente.certs.HostName;
import org.entente.certs.pem.OrganisationDirectory;
import org.entente.certs.pem.SelfSigned;
import org.entente.certs.tls.TlsIdentity;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.registry.Approval;
import org.entente.registry.Approver;
import org.entente.registry.CertificateSet;
import org.entente.registry.Change;
import org.entente.registry.SignedChange;
import org.entente.runtime.metrics.Health;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/// A relay whose registry log is not the one that it was.
class RegistryCopyTest {
    @TempDir Path place;

    private FakeRelay relay;
    private RelayClient client;
    private RegistryCopy copy;

    @BeforeEach
    void follow() throws Exception {
        relay = FakeRelay.start();
        enrol("alpha.example");
        enrol("beta.example");
        client = new RelayClient(URI.create(relay.address()), relay.certificate(), identity());
        copy = new RegistryCopy(client, Organisations.CRYPTOGRAPHY.verifier());
        assertThat(copy.follow().digest()).isEqualTo(relay.registry().digest());
    }

    @AfterEach
    void stop() {
        client.close();
        relay.close();
    }

    @Test
    void a_log_that_grew_is_followed() throws Exception {
        enrol("gamma.example");
        assertThat(copy.follow().digest()).isEqualTo(relay.registry().digest());
    }

    @Test
    void a_log_that_shrank_is_not_begun_anew() throws Exception {
        relay.setBack(1);
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> copy.follow())
                    .isInstanceOf(LogUntrue.class)
                    .hasMessageContaining("has shrunk from 2 to 1 entries");
        }
    }

    @Test
    void another_history_of_the_same_length_is_noticed() throws Exception {
        relay.setBack(1);
        enrol("gamma.example");
        assertUntrue();
    }

    @Test
    void another_history_that_is_longer_is_noticed() throws Exception {
        relay.setBack(1);
        enrol("gamma.example");
        enrol("delta.example");
        assertUntrue();
    }

    @Test
    @Timeout(60)
    void an_answer_that_does_not_end_in_time_or_size_is_given_up() throws Exception {
        try (RelayClient hasty =
                new RelayClient(
                        URI.create(relay.address()),
                        relay.certificate(),
                        identity(),
                        Duration.ofSeconds(1))) {
            relay.mood = FakeRelay.Mood.STALLED;
            assertThatThrownBy(() -> hasty.records("registry", 0))
                    .isInstanceOf(RelayUnreachable.class)
                    .hasMessageContaining("no whole answer within PT1S");
        }
        relay.mood = FakeRelay.Mood.ENDLESS;
        assertThatThrownBy(() -> client.records("registry", 0))
                .isInstanceOf(RelayUnreachable.class);
        relay.mood = FakeRelay.Mood.HONEST;
        assertThat(copy.follow().digest()).isEqualTo(relay.registry().digest());
    }

    @Test
    void a_registration_signs_nothing_for_another_history_and_is_unwell() throws Exception {
        try (OrganisationDirectory organisation = organisation("omega.example")) {
            Identity identity = agent(organisation);
            Registration registration =
                    new Registration(
                            client,
                            Organisations.CRYPTOGRAPHY.verifier(),
                            () -> identity,
                            new TreeSet<>(),
                            new TreeSet<>(),
                            new Random(1));
            registration.step();
            assertThat(registration.health().status()).isEqualTo(Health.Status.UP);
            relay.setBack(1);
            enrol(organisation);
            registration.step();
            assertThat(registration.health().status()).isEqualTo(Health.Status.DOWN);
            assertThat(registration.health().words()).contains("do not rely on this relay");
            assertThat(relay.changes).isEmpty();
        }
    }

    private void assertUntrue() {
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> copy.follow())
                    .isInstanceOf(LogUntrue.class)
                    .hasMessageContaining("has the root");
        }
    }

    private void enrol(String domain) throws Exception {
        try (OrganisationDirectory organisation = organisation(domain)) {
            enrol(organisation);
        }
    }

    private void enrol(OrganisationDirectory organisation) {
        OrganisationId id = organisation.current().authorities().organisation();
        Change change =
                new Change.OrganisationEnrolled(
                        id,
                        "Title",
                        new CertificateSet(
                                organisation.current().authorities().root().der(),
                                organisation.current().authorities().enrolment().der(),
                                organisation.current().authorities().transaction().der()));
        Approval approval =
                Approval.by(new Approver.Root(id), organisation.current().root(), change.digest());
        assertThat(relay.take(SignedChange.of(change, approval)).isAccepted()).isTrue();
    }

    private OrganisationDirectory organisation(String domain) throws Exception {
        return Organisations.create(place.resolve(domain), domain);
    }

    private Identity agent(OrganisationDirectory directory) throws Exception {
        OrganisationId id = directory.current().authorities().organisation();
        Path home = place.resolve(id.domain());
        try (OrganisationFiles files =
                OrganisationFiles.open(
                        home,
                        home.resolve("password"),
                        Organisations.CRYPTOGRAPHY,
                        Organisations.RANDOM)) {
            return new IdentityFiles(
                            home.resolve("agent"), Organisations.CRYPTOGRAPHY, Organisations.RANDOM)
                    .create(
                            files.get(),
                            new NodeId(id, new Name("agent")),
                            new TreeSet<>(),
                            Instant.now());
        }
    }

    /// Any will do: the relay here asks for none.
    private static TlsIdentity identity() throws IOException {
        KeyPair keys = Organisations.CRYPTOGRAPHY.freshKey(Organisations.RANDOM);
        return new TlsIdentity(
                keys.getPrivate(),
                List.of(
                        SelfSigned.certificate(
                                keys,
                                List.of(new HostName("localhost")),
                                Duration.ofDays(1),
                                Organisations.CRYPTOGRAPHY,
                                Organisations.RANDOM,
                                Instant.now())));
    }
}
