package org.entente.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.agent.fixture.AgentChild;
import org.entente.agent.fixture.FakeRelay;
import org.entente.agent.fixture.Organisations;
import org.entente.certs.Certificate;
import org.entente.certs.CertificateKind;
import org.entente.certs.Revocation;
import org.entente.certs.RevocationList;
import org.entente.certs.issue.Generation;
import org.entente.certs.pem.OrganisationDirectory;
import org.entente.certs.pem.Pem;
import org.entente.certs.pem.PemFile;
import org.entente.protocol.Bytes;
import org.entente.protocol.OrganisationId;
import org.entente.registry.Approval;
import org.entente.registry.Approver;
import org.entente.registry.CertificateSet;
import org.entente.registry.Change;
import org.entente.registry.NodeRole;
import org.entente.registry.SignedChange;
import org.entente.runtime.fixture.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// What a real agent process sends to its relay.
class RelayTest {
    private static final OrganisationId ALPHA = new OrganisationId("alpha.example");

    @TempDir Path place;

    @Test
    void it_registers_publishes_renews_and_never_gives_up() throws Exception {
        try (FakeRelay relay = FakeRelay.start();
                OrganisationDirectory organisation =
                        Organisations.create(place.resolve("alpha"), ALPHA.domain())) {
            relay.failures.set(3);
            Path configuration = configuration(relay, relay.certificate());
            AgentChild.run(place, "--init", "--config", configuration.toString());
            try (Child agent = AgentChild.start(configuration)) {
                assertThat(next(relay.lists).content().number()).isEqualTo(1);
                enrol(relay, organisation);

                assertThat(next(relay.changes).change())
                        .isInstanceOfSatisfying(
                                Change.NodeAdded.class,
                                added ->
                                        assertThat(added.roles())
                                                .containsExactly(NodeRole.HOST, NodeRole.ENDORSER));

                revoke(organisation);
                RevocationList list = next(relay.lists);
                while (list.content().revoked().isEmpty()) {
                    list = next(relay.lists);
                }
                assertThat(list.content().issuer().kind()).isEqualTo(CertificateKind.ENROLMENT_CA);
                assertThat(list.content().number()).isGreaterThan(1);

                rotate(relay, organisation);
                assertThat(next(relay.changes).change())
                        .isInstanceOfSatisfying(
                                Change.NodeRenewed.class,
                                renewed -> {
                                    assertThat(renewed.number()).isZero();
                                    assertThat(
                                                    Certificate.parse(renewed.certificate())
                                                            .orThrow()
                                                            .issuer()
                                                            .generation())
                                            .isEqualTo(2);
                                });
                assertThat(agent.stop()).as(agent.log()).isZero();
            }
        }
    }

    @Test
    void it_tells_nothing_to_a_relay_with_another_key() throws Exception {
        try (FakeRelay relay = FakeRelay.start();
                FakeRelay other = FakeRelay.start();
                OrganisationDirectory organisation =
                        Organisations.create(place.resolve("alpha"), ALPHA.domain())) {
            enrol(relay, organisation);
            Path configuration = configuration(relay, other.certificate());
            AgentChild.run(place, "--init", "--config", configuration.toString());
            try (Child agent = AgentChild.start(configuration)) {
                while (!agent.log().contains("does not hold the key of the pinned certificate")) {
                    assertThat(agent.isAlive()).as(agent.log()).isTrue();
                    Thread.onSpinWait();
                }
                assertThat(agent.stop()).as(agent.log()).isZero();
                assertThat(relay.lists).isEmpty();
                assertThat(relay.changes).isEmpty();
            }
        }
    }

    private Path configuration(FakeRelay relay, X509Certificate pinned) throws Exception {
        Files.writeString(
                place.resolve("relay.pem"),
                Pem.encode(Pem.CERTIFICATE, Bytes.copyOf(pinned.getEncoded())));
        return AgentChild.configuration(
                place.resolve("alpha"),
                "relay = " + relay.address(),
                "relayCertificate = relay.pem",
                "roles = host, endorser",
                "rotationOverlap = 0s");
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        return Objects.requireNonNull(queue.poll(60, TimeUnit.SECONDS), "nothing came");
    }

    private static CertificateSet set(Generation generation) {
        return new CertificateSet(
                generation.authorities().root().der(),
                generation.authorities().enrolment().der(),
                generation.authorities().transaction().der());
    }

    private static void enrol(FakeRelay relay, OrganisationDirectory organisation) {
        Generation generation = organisation.current();
        Change change = new Change.OrganisationEnrolled(ALPHA, "Alpha", set(generation));
        assertThat(
                        relay.take(
                                SignedChange.of(
                                        change,
                                        Approval.by(
                                                new Approver.Root(ALPHA),
                                                generation.root(),
                                                change.digest()))))
                .satisfies(verdict -> assertThat(verdict.isAccepted()).isTrue());
    }

    private static void rotate(FakeRelay relay, OrganisationDirectory organisation)
            throws Exception {
        Generation next = organisation.prepareRotation(Organisations.RANDOM, Instant.now());
        Change change = new Change.AuthoritiesRotated(ALPHA, 2, set(next));
        assertThat(
                        relay.take(
                                SignedChange.of(
                                        change,
                                        Approval.by(
                                                new Approver.Root(ALPHA),
                                                organisation.current().root(),
                                                change.digest()),
                                        Approval.by(
                                                new Approver.Issuer(
                                                        ALPHA, next.authorities().root().digest()),
                                                next.root(),
                                                change.digest()))))
                .satisfies(verdict -> assertThat(verdict.isAccepted()).as("" + verdict).isTrue());
        organisation.activate(next);
    }

    private void revoke(OrganisationDirectory organisation) throws Exception {
        Certificate identity =
                PemFile.certificates(place.resolve("alpha/agents/agent-1/certificate.pem"))
                        .orThrow()
                        .getFirst();
        organisation
                .withdrawals()
                .revoke(
                        new Revocation(
                                organisation.current().authorities().enrolment().digest(),
                                identity.serialNumber()),
                        Instant.now())
                .orThrow();
    }
}
