package org.entente.relay.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.Judge;
import org.entente.certs.Signer;
import org.entente.certs.tls.X509;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Fault;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;
import org.entente.relay.fixture.Issued;
import org.entente.runtime.http.ClientTrust;
import org.junit.jupiter.api.Test;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class MemberTrustTest {
    /// The CAs end before, the root does not.
    private static final Instant LATER = Member.NOW.plus(Duration.ofDays(1_100));

    private final Member alpha = new Member("alpha.example");
    private final World world = World.of(List.of(alpha));
    private final Signer key = Member.freshSigner();

    @Test
    void a_members_node_is_trusted_until_its_certificate_is_revoked() {
        ClientTrust trust = trust(Member.NOW);
        assertThatCode(() -> show(trust, alpha.agentCertificate())).doesNotThrowAnyException();
        world.accept(alpha.agentRevoked());
        isRefused(trust, alpha.agentCertificate(), Fault.CERTIFICATE_REVOKED);
    }

    @Test
    void what_an_expired_ca_has_issued_is_refused_although_it_is_young() {
        Certificate young = alpha.identity("young", key, LATER.minus(Duration.ofDays(30)));
        isRefused(trust(LATER), young, Fault.CERTIFICATE_EXPIRED);
    }

    @Test
    void other_certificates_are_refused() {
        Authorities authorities = alpha.generation().authorities();
        ClientTrust trust = trust(Member.NOW);
        isRefused(trust, authorities.enrolment(), Fault.WRONG_USAGE);
        isRefused(
                trust,
                Issued.transaction(
                        AllianceId.ZERO,
                        key.key(),
                        authorities,
                        authorities.transaction().keyId(),
                        alpha.generation().transaction()),
                Fault.WRONG_USAGE);
        isRefused(
                trust,
                new Member("stranger.example").agentCertificate(),
                Fault.UNKNOWN_ORGANISATION);
        isRefused(
                trust,
                alpha.identity("later", key, Member.NOW.plus(Duration.ofDays(1))),
                Fault.CERTIFICATE_NOT_YET_VALID);
    }

    @Test
    void a_relay_judges_no_server() {
        X509Certificate[] chain = {X509.of(alpha.agentCertificate())};
        assertThatThrownBy(() -> trust(Member.NOW).checkServerTrusted(chain, "EC"))
                .isInstanceOf(CertificateException.class);
    }

    private ClientTrust trust(Instant now) {
        return new MemberTrust(world::registry, new Judge(World.VERIFIER), () -> now).trust();
    }

    private static void show(ClientTrust trust, Certificate certificate)
            throws CertificateException {
        trust.checkClientTrusted(new X509Certificate[] {X509.of(certificate)}, "EC");
    }

    private static void isRefused(ClientTrust trust, Certificate certificate, Fault expected) {
        assertThatThrownBy(() -> show(trust, certificate))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(expected.name());
    }
}
