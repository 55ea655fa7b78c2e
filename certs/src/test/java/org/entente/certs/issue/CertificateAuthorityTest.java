package org.entente.certs.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.certs.fixture.Organisation.CRYPTOGRAPHY;
import static org.entente.certs.fixture.Organisation.NOW;
import static org.entente.certs.fixture.Organisation.NO_HOSTS;
import static org.entente.certs.fixture.Organisation.freshSigner;
import static org.entente.certs.fixture.Organisation.grant;

import org.entente.certs.Certificate;
import org.entente.certs.HostName;
import org.entente.certs.Judge;
import org.entente.certs.Moment;
import org.entente.certs.Revocation;
import org.entente.certs.RevocationList;
import org.entente.certs.Revocations;
import org.entente.certs.Signer;
import org.entente.certs.SigningRequest;
import org.entente.certs.fixture.Organisation;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

class CertificateAuthorityTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private final Organisation alpha = new Organisation("alpha.example");
    private final CertificateAuthority authority = alpha.authority();
    private final Signer signer = freshSigner();
    private final Certificate node = alpha.enrol("node-1", signer);

    private Invitation invite(String name) throws LedgerUnavailable {
        return authority.invite(alpha.node(name), NO_HOSTS, HOUR, NOW).orThrow();
    }

    private Parsed<Certificate> enrol(Invitation invitation, String name, Signer key, Instant now)
            throws LedgerUnavailable {
        return authority.enrol(
                invitation.node(),
                invitation.token(),
                SigningRequest.forNode(alpha.node(name), NO_HOSTS, key),
                now);
    }

    @Test
    void a_token_gives_one_certificate() throws Exception {
        Invitation invitation = invite("node-2");
        Signer key = freshSigner();
        Certificate given = enrol(invitation, "node-2", key, NOW).orThrow();
        assertThat(given.node()).contains(alpha.node("node-2"));
        assertThat(given.key()).isEqualTo(key.key());
        assertThat(Duration.between(given.notBefore(), given.notAfter()))
                .isEqualTo(Duration.ofDays(365));
    }

    @Test
    void a_reused_token_is_refused() throws Exception {
        Invitation invitation = invite("node-2");
        enrol(invitation, "node-2", freshSigner(), NOW).orThrow();
        refused(enrol(invitation, "node-2", freshSigner(), NOW), Fault.TOKEN_USED);
    }

    @Test
    void a_lost_answer_can_be_asked_for_again_with_the_same_key() throws Exception {
        Invitation invitation = invite("node-2");
        Signer key = freshSigner();
        Certificate first = enrol(invitation, "node-2", key, NOW).orThrow();
        assertThat(enrol(invitation, "node-2", key, NOW.plusSeconds(9)).orThrow()).isEqualTo(first);
    }

    @Test
    void an_expired_token_is_refused() throws Exception {
        Invitation invitation = invite("node-2");
        refused(
                enrol(invitation, "node-2", freshSigner(), NOW.plus(HOUR).plusMillis(1)),
                Fault.TOKEN_EXPIRED);
    }

    @Test
    void an_unknown_token_is_refused() throws Exception {
        Invitation guessed = new Invitation(alpha.node("node-2"), NO_HOSTS, "guessed", NOW);
        refused(enrol(guessed, "node-2", freshSigner(), NOW), Fault.TOKEN_UNKNOWN);
    }

    @Test
    void a_token_of_another_node_is_refused_and_stays_good() throws Exception {
        Invitation invitation = invite("node-2");
        Invitation stolen =
                new Invitation(
                        alpha.node("node-3"), NO_HOSTS, invitation.token(), invitation.expires());
        refused(enrol(stolen, "node-3", freshSigner(), NOW), Fault.TOKEN_UNKNOWN);
        assertThat(enrol(invitation, "node-2", freshSigner(), NOW).verdict().isAccepted()).isTrue();
    }

    @Test
    void a_request_for_another_name_is_refused_and_the_token_stays_good() throws Exception {
        Invitation invitation = invite("node-2");
        refused(enrol(invitation, "node-3", freshSigner(), NOW), Fault.INVALID_VALUE);
        refused(
                authority.enrol(
                        invitation.node(),
                        invitation.token(),
                        SigningRequest.anonymous(freshSigner()),
                        NOW),
                Fault.INVALID_VALUE);
        assertThat(enrol(invitation, "node-2", freshSigner(), NOW).verdict().isAccepted()).isTrue();
    }

    @Test
    void a_host_name_that_is_not_authorised_is_refused() throws Exception {
        Invitation invitation = invite("node-2");
        var request =
                SigningRequest.forNode(
                        alpha.node("node-2"),
                        Sorted.copyOf(List.of(new HostName("relay.example"))),
                        freshSigner());
        refused(
                authority.enrol(invitation.node(), invitation.token(), request, NOW),
                Fault.INVALID_VALUE);
    }

    @Test
    void a_request_without_proof_of_possession_is_refused() {
        SigningRequest honest = SigningRequest.anonymous(freshSigner());
        String swapped =
                honest.der().hex().replace(honest.key().toString(), freshSigner().key().toString());
        Parsed<SigningRequest> parsed =
                SigningRequest.parse(Bytes.fromHex(swapped), CRYPTOGRAPHY.verifier());
        refused(parsed, Fault.BAD_SIGNATURE);
    }

    @Test
    void an_invitation_of_a_foreign_node_or_without_end_is_refused() throws Exception {
        refused(
                authority.invite(
                        new Organisation("beta.example").node("node-1"), NO_HOSTS, HOUR, NOW),
                Fault.FOREIGN_TRUST_DOMAIN);
        refused(
                authority.invite(alpha.node("node-2"), NO_HOSTS, Duration.ofDays(8), NOW),
                Fault.INVALID_VALUE);
        refused(
                authority.invite(alpha.node("node-2"), NO_HOSTS, Duration.ZERO, NOW),
                Fault.INVALID_VALUE);
    }

    @Test
    void a_node_renews_its_certificate_with_a_new_key() throws Exception {
        Signer next = freshSigner();
        Certificate renewed = renew(node, next, NOW).orThrow();
        assertThat(renewed.key()).isEqualTo(next.key());
        assertThat(renewed.node()).isEqualTo(node.node());
        assertThat(renewed.serialNumber()).isNotEqualTo(node.serialNumber());
    }

    @Test
    void an_expired_or_revoked_certificate_is_not_renewed() throws Exception {
        refused(renew(node, signer, node.notAfter().plusSeconds(1)), Fault.CERTIFICATE_EXPIRED);
        alpha.withdrawals().revoke(named(node), NOW).orThrow();
        refused(renew(node, signer, NOW), Fault.CERTIFICATE_REVOKED);
    }

    @Test
    void a_certificate_is_not_renewed_for_another_node() throws Exception {
        refused(
                authority.reenrol(
                        node, SigningRequest.forNode(alpha.node("node-2"), NO_HOSTS, signer), NOW),
                Fault.INVALID_VALUE);
    }

    private Parsed<Certificate> renew(Certificate shown, Signer key, Instant now)
            throws LedgerUnavailable {
        return authority.reenrol(
                shown, SigningRequest.forNode(alpha.node("node-1"), NO_HOSTS, key), now);
    }

    @Test
    void a_batch_past_64_or_with_a_repeated_or_known_key_is_refused() throws Exception {
        List<SigningRequest> many =
                Stream.generate(() -> SigningRequest.anonymous(freshSigner())).limit(65).toList();
        refused(authority.batch(node, grant("orders", "buyer"), many, NOW), Fault.TOO_LARGE);
        refused(authority.batch(node, grant("orders", "buyer"), List.of(), NOW), Fault.TOO_LARGE);
        refused(
                authority.batch(
                        node, grant("orders", "buyer"), List.of(many.get(0), many.get(0)), NOW),
                Fault.INVALID_VALUE);
        refused(
                authority.batch(
                        node,
                        grant("orders", "buyer"),
                        List.of(SigningRequest.anonymous(signer)),
                        NOW),
                Fault.INVALID_VALUE);
    }

    @Test
    void an_opening_finds_the_holder_of_each_certificate() throws Exception {
        Certificate other = alpha.enrol("node-2", freshSigner());
        Digest demand = Digest.of(Bytes.utf8("the auditor's demand"));
        for (Certificate holder : List.of(node, other)) {
            for (Certificate asking : alpha.batch(holder, grant("orders", "buyer"), 3, NOW)) {
                Revocation name = alpha.withdrawals().named(asking.serialNumber()).orElseThrow();
                assertThat(alpha.withdrawals().open(name, demand, NOW).orThrow())
                        .isEqualTo(holder.node().orElseThrow());
            }
        }
        Revocation foreign = new Revocation(Digest.ZERO, node.serialNumber());
        refused(alpha.withdrawals().open(foreign, demand, NOW), Fault.NOT_FOUND);
    }

    @Test
    void a_revocation_is_listed_until_well_after_the_end_of_its_certificate() throws Exception {
        Certificate asking = alpha.batch(node, grant("orders", "buyer"), 1, NOW).getFirst();
        Revocation name =
                new Revocation(alpha.authorities().transaction().digest(), asking.serialNumber());
        alpha.withdrawals().revoke(name, NOW).orThrow();
        refused(alpha.withdrawals().revoke(name, NOW), Fault.ALREADY_EXISTS);
        assertThat(listed(NOW)).containsExactly(asking.serialNumber());
        assertThat(listed(asking.notAfter().plus(Duration.ofDays(13)))).hasSize(1);
        assertThat(listed(asking.notAfter().plus(Duration.ofDays(15)))).isEmpty();
    }

    private List<Bytes> listed(Instant now) throws LedgerUnavailable {
        List<RevocationList> lists = alpha.withdrawals().lists(now);
        return List.copyOf(lists.get(2).content().revoked().keySet());
    }

    @Test
    void after_a_rotation_both_generations_are_believed_and_the_new_one_certifies()
            throws Exception {
        Generation next = Organisation.generation(alpha.id(), 2, NOW);
        CertificateAuthority rotated = alpha.authority(List.of(alpha.generation(), next));
        Certificate renewed =
                rotated.reenrol(
                                node,
                                SigningRequest.forNode(alpha.node("node-1"), NO_HOSTS, signer),
                                NOW)
                        .orThrow();
        assertThat(renewed.issuer().generation()).isEqualTo(2);
        Judge judge = new Judge(CRYPTOGRAPHY.verifier());
        for (Certificate one : List.of(node, renewed)) {
            assertThat(judge.identity(one, rotated.all(), Revocations.NONE, Moment.now(NOW)))
                    .isEqualTo(Verdict.accepted());
        }
    }

    @Test
    void a_ca_near_its_end_issues_nothing_that_outlives_it() throws Exception {
        Instant end = alpha.authorities().enrolment().notAfter();
        Instant late = end.minus(Duration.ofMinutes(30));
        Certificate holder = alpha.enrol("node-9", freshSigner(), late);
        assertThat(holder.notAfter()).isEqualTo(end);
        refused(
                authority.batch(
                        holder,
                        grant("orders", "buyer"),
                        List.of(SigningRequest.anonymous(freshSigner())),
                        late),
                Fault.CERTIFICATE_EXPIRED);
    }

    @Test
    void a_batch_comes_in_another_order_than_it_was_asked_for() throws Exception {
        List<SigningRequest> requests = new ArrayList<>();
        Collections.addAll(
                requests,
                Stream.generate(() -> SigningRequest.anonymous(freshSigner()))
                        .limit(32)
                        .toArray(SigningRequest[]::new));
        List<Certificate> batch =
                authority.batch(node, grant("orders", "buyer"), requests, NOW).orThrow();
        assertThat(batch.stream().map(Certificate::key).toList())
                .containsExactlyInAnyOrderElementsOf(
                        requests.stream().map(SigningRequest::key).toList())
                .isNotEqualTo(requests.stream().map(SigningRequest::key).toList());
    }

    private Revocation named(Certificate identity) {
        return new Revocation(alpha.authorities().enrolment().digest(), identity.serialNumber());
    }

    private static void refused(Parsed<?> parsed, Fault fault) {
        assertThat(parsed.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected ->
                                assertThat(rejected.fault())
                                        .as(rejected.detail())
                                        .isEqualTo(fault));
    }
}
