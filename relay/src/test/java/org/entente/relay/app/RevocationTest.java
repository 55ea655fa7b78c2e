package org.entente.relay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.certs.Certificate;
import org.entente.certs.Signer;
import org.entente.certs.tls.TlsIdentity;
import org.entente.certs.tls.X509;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.registry.Approval;
import org.entente.registry.Approver;
import org.entente.registry.Change;
import org.entente.registry.Requirement;
import org.entente.registry.RevocationReason;
import org.entente.registry.SignedChange;
import org.entente.registry.contract.ResourcePattern;
import org.entente.registry.fixture.Member;
import org.entente.runtime.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/// A node whose certificate is revoked, before and after.
final class RevocationTest {
    private final Member alpha = new Member("alpha.example");
    private final Member stranger = new Member("stranger.example");
    private final NodeId node = new NodeId(alpha.id(), new Name("edge"));
    private final KeyPair keys = Member.CRYPTOGRAPHY.freshKey(new SecureRandom());
    private final Signer signer = Member.CRYPTOGRAPHY.signer(keys);
    private final Certificate certificate = alpha.identity("edge", signer, Member.NOW);

    @TempDir private Path directory;

    @Test
    void is_refused_at_once_and_what_it_did_before_stays_valid() throws Exception {
        try (RunningRelay relay = RunningRelay.start(directory)) {
            relay.admit(List.of(alpha));
            relay.accept(
                    signed(new Change.NodeAdded(certificate.der(), alpha.chains(), alpha.roles())));
            Change before = offer("before");
            relay.accept(signed(before));
            try (HttpClient open = relay.showing(identity(certificate, alpha))) {
                assertThat(relay.ask(open, "/v1/status").status()).isEqualTo(200);

                relay.accept(revocation());

                RunningRelay.Answer refused = relay.post(signed(offer("after")));
                assertThat(refused.code()).isEqualTo(Fault.CERTIFICATE_REVOKED.name());
                assertThat(relay.ask("/v1/requirements").body().asUtf8())
                        .contains(before.digest().hex());
                assertThatThrownBy(() -> relay.ask(open, "/v1/status"))
                        .as("the connection that was open, and its session")
                        .isInstanceOf(IOException.class);
            }
            try (HttpClient fresh = relay.showing(identity(certificate, alpha))) {
                assertThatThrownBy(() -> relay.ask(fresh, "/v1/status"))
                        .isInstanceOf(IOException.class);
            }
            assertThat(relay.ask("/v1/status").status()).isEqualTo(200);
        }
        new Relay(RunningRelay.configuration(directory), Clock.over(() -> Member.NOW)).check();
    }

    @Test
    void a_stranger_is_not_connected() throws Exception {
        try (RunningRelay relay = RunningRelay.start(directory)) {
            Certificate foreign = stranger.identity("edge", signer, Member.NOW);
            try (HttpClient client = relay.showing(identity(foreign, stranger))) {
                assertThatThrownBy(() -> relay.ask(client, "/v1/status"))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    private TlsIdentity identity(Certificate shown, Member member) {
        return new TlsIdentity(
                keys.getPrivate(),
                List.of(X509.of(shown), X509.of(member.generation().authorities().enrolment())));
    }

    private SignedChange revocation() {
        return alpha.rootSigned(
                new Change.CertificateRevoked(
                        alpha.id(),
                        alpha.generation().authorities().enrolment().digest(),
                        certificate.serialNumber(),
                        RevocationReason.KEY_COMPROMISE));
    }

    private Change offer(String purpose) {
        return new Change.RequirementFiled(
                new Requirement(
                        node,
                        Requirement.Direction.OFFER,
                        alpha.chain(),
                        new ResourcePattern("orders/*"),
                        new Name("read"),
                        purpose,
                        1,
                        Member.NOW.plus(Duration.ofDays(1))));
    }

    private SignedChange signed(Change change) {
        return SignedChange.of(
                change, Approval.by(new Approver.Node(node), signer, change.digest()));
    }
}
