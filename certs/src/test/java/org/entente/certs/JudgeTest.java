package org.entente.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.certs.fixture.Organisation.CRYPTOGRAPHY;
import static org.entente.certs.fixture.Organisation.NOW;
import static org.entente.certs.fixture.Organisation.NO_HOSTS;
import static org.entente.certs.fixture.Organisation.body;
import static org.entente.certs.fixture.Organisation.freshSigner;
import static org.entente.certs.fixture.Organisation.grant;

import org.entente.certs.fixture.Organisation;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

class JudgeTest {
    private static final Organisation ALPHA = new Organisation("alpha.example");
    private static final Organisation BETA = new Organisation("beta.example");
    private static final Certificate NODE = ALPHA.enrol("node-1", freshSigner());
    private static final Grant GRANT = grant("orders", "buyer");
    private static final Certificate ASKING = ALPHA.batch(NODE, GRANT, 1, NOW).getFirst();

    private final Judge judge = new Judge(CRYPTOGRAPHY.verifier());
    private final List<Authorities> trusted = List.of(BETA.authorities(), ALPHA.authorities());

    @Test
    void an_identity_certificate_of_a_registered_organisation_is_accepted() {
        assertThat(identity(NODE, NOW)).isEqualTo(Verdict.accepted());
    }

    @Test
    void a_transaction_certificate_with_its_flow_and_role_is_accepted() {
        assertThat(asking(ASKING, use("orders", "buyer"))).isEqualTo(Verdict.accepted());
    }

    @Test
    void an_expired_certificate_is_refused() {
        refused(identity(NODE, NODE.notAfter().plusMillis(1)), Fault.CERTIFICATE_EXPIRED);
        refused(
                transaction(ASKING, Moment.now(ASKING.notAfter().plusSeconds(1))),
                Fault.CERTIFICATE_EXPIRED);
        assertThat(identity(NODE, NODE.notAfter()).isAccepted()).isTrue();
    }

    @Test
    void a_certificate_that_is_not_yet_valid_is_refused() {
        refused(identity(NODE, NODE.notBefore().minusMillis(1)), Fault.CERTIFICATE_NOT_YET_VALID);
        assertThat(identity(NODE, NODE.notBefore()).isAccepted()).isTrue();
    }

    @Test
    void a_certificate_of_an_expired_ca_is_refused() {
        Certificate ca = ALPHA.authorities().enrolment();
        Instant from = ca.notAfter().minus(Duration.ofDays(1));
        Certificate late =
                Certificate.issue(
                        body(
                                ca,
                                freshSigner().key(),
                                new Subject.Node(ALPHA.node("late"), NO_HOSTS),
                                from,
                                from.plus(Duration.ofDays(30))),
                        ALPHA.generation().enrolment());
        assertThat(identity(late, ca.notAfter()).isAccepted()).isTrue();
        refused(identity(late, ca.notAfter().plusSeconds(1)), Fault.CERTIFICATE_EXPIRED);
    }

    @Test
    void a_revocation_counts_from_its_own_serial_on() {
        Revocations revocations = Revocations.NONE.with(revocation(NODE, enrolment()), 7);
        assertThat(judged(NODE, revocations, Moment.asOf(6, NOW)).isAccepted()).isTrue();
        refused(judged(NODE, revocations, Moment.asOf(7, NOW)), Fault.CERTIFICATE_REVOKED);
        refused(judged(NODE, revocations, Moment.now(NOW)), Fault.CERTIFICATE_REVOKED);
    }

    @Test
    void the_first_entry_of_a_revocation_decides() {
        Revocations revocations =
                Revocations.NONE
                        .with(revocation(NODE, enrolment()), 7)
                        .with(revocation(NODE, enrolment()), 9);
        refused(judged(NODE, revocations, Moment.asOf(8, NOW)), Fault.CERTIFICATE_REVOKED);
    }

    @Test
    void a_certificate_of_a_revoked_ca_is_refused() {
        Revocations revocations =
                Revocations.NONE.with(revocation(enrolment(), ALPHA.authorities().root()), 7);
        refused(judged(NODE, revocations, Moment.asOf(7, NOW)), Fault.CERTIFICATE_REVOKED);
    }

    @Test
    void a_revocation_by_another_issuer_does_not_count() {
        Revocations revocations =
                Revocations.NONE.with(revocation(NODE, BETA.authorities().enrolment()), 7);
        assertThat(judged(NODE, revocations, Moment.now(NOW)).isAccepted()).isTrue();
    }

    @Test
    void a_name_of_a_foreign_trust_domain_is_refused() {
        Certificate foreign =
                Certificate.issue(
                        body(
                                enrolment(),
                                freshSigner().key(),
                                new Subject.Node(BETA.node("node-1"), NO_HOSTS),
                                NOW.truncatedTo(ChronoUnit.SECONDS),
                                NOW.truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600)),
                        ALPHA.generation().enrolment());
        refused(identity(foreign, NOW.plusSeconds(1)), Fault.FOREIGN_TRUST_DOMAIN);
        refused(
                judge.identity(
                        foreign,
                        List.of(BETA.authorities()),
                        Revocations.NONE,
                        Moment.now(NOW.plusSeconds(1))),
                Fault.FOREIGN_TRUST_DOMAIN);
    }

    @Test
    void a_transaction_certificate_for_a_foreign_organisation_is_refused() {
        Instant hour = NOW.truncatedTo(ChronoUnit.HOURS);
        Subject holder =
                new Subject.Holder(BETA.id(), ASKING.serialNumber(), grant("orders", "buyer"));
        Certificate foreign =
                Certificate.issue(
                        body(
                                ALPHA.authorities().transaction(),
                                freshSigner().key(),
                                holder,
                                hour,
                                hour.plus(Duration.ofHours(24))),
                        ALPHA.generation().transaction());
        refused(transaction(foreign, Moment.now(NOW)), Fault.FOREIGN_TRUST_DOMAIN);
    }

    @Test
    void an_unknown_issuer_is_refused() {
        Certificate stranger = new Organisation("alpha.example").enrol("node-1", freshSigner());
        refused(identity(stranger, NOW), Fault.UNTRUSTED_ISSUER);
    }

    @Test
    void an_identity_certificate_is_refused_for_transactions() {
        refused(transaction(NODE, Moment.now(NOW)), Fault.WRONG_USAGE);
    }

    @Test
    void a_transaction_certificate_is_refused_as_identity() {
        refused(identity(ASKING, NOW), Fault.WRONG_USAGE);
    }

    @Test
    void a_ca_is_refused_as_identity() {
        refused(identity(enrolment(), NOW), Fault.WRONG_USAGE);
        refused(identity(ALPHA.authorities().root(), NOW), Fault.WRONG_USAGE);
    }

    @Test
    void a_bad_signature_is_refused() {
        Certificate forged = Certificate.issue(NODE.body(), freshSigner());
        refused(identity(forged, NOW), Fault.BAD_SIGNATURE);
    }

    @Test
    void a_flow_that_is_not_in_the_extension_is_refused() {
        refused(asking(ASKING, use("invoices", "buyer")), Fault.WRONG_FLOW);
    }

    @Test
    void another_alliance_or_contract_is_refused() {
        Use use = use("orders", "buyer");
        refused(
                asking(
                        ASKING,
                        new Use(AllianceId.ZERO, use.contract(), use.flow(), use.requesters())),
                Fault.WRONG_FLOW);
        refused(
                asking(
                        ASKING,
                        new Use(use.alliance(), new Name("lending"), use.flow(), use.requesters())),
                Fault.WRONG_FLOW);
    }

    @Test
    void a_role_that_the_flow_does_not_name_is_refused() {
        refused(asking(ASKING, use("orders", "seller")), Fault.WRONG_ROLE);
    }

    @Test
    void the_same_role_of_another_organisation_is_refused() {
        Use use = use("orders", "buyer");
        refused(
                asking(
                        ASKING,
                        new Use(
                                use.alliance(),
                                use.contract(),
                                use.flow(),
                                Sorted.copyOf(
                                        List.of(new Requester(BETA.id(), new Name("buyer")))))),
                Fault.WRONG_ROLE);
    }

    @Test
    void authorities_that_do_not_belong_together_are_refused() {
        Authorities own = ALPHA.authorities();
        Authorities other = new Organisation("alpha.example").authorities();
        Verifier verifier = CRYPTOGRAPHY.verifier();
        assertThat(own.check(verifier).isAccepted()).isTrue();
        refused(
                new Authorities(ALPHA.id(), own.root(), other.enrolment(), own.transaction())
                        .check(verifier),
                Fault.UNTRUSTED_ISSUER);
        refused(
                new Authorities(ALPHA.id(), own.root(), own.transaction(), own.enrolment())
                        .check(verifier),
                Fault.WRONG_USAGE);
        refused(
                new Authorities(BETA.id(), own.root(), own.enrolment(), own.transaction())
                        .check(verifier),
                Fault.FOREIGN_TRUST_DOMAIN);
        Certificate forged = Certificate.issue(own.enrolment().body(), freshSigner());
        refused(
                new Authorities(ALPHA.id(), own.root(), forged, own.transaction()).check(verifier),
                Fault.BAD_SIGNATURE);
    }

    private static Certificate enrolment() {
        return ALPHA.authorities().enrolment();
    }

    private static Revocation revocation(Certificate certificate, Certificate issuer) {
        return new Revocation(issuer.digest(), certificate.serialNumber());
    }

    private static Use use(String flow, String role) {
        return new Use(
                GRANT.alliance(),
                GRANT.contract(),
                new Name(flow),
                Sorted.copyOf(List.of(new Requester(ALPHA.id(), new Name(role)))));
    }

    private Verdict identity(Certificate certificate, Instant at) {
        return judged(certificate, Revocations.NONE, Moment.now(at));
    }

    private Verdict judged(Certificate certificate, Revocations revocations, Moment at) {
        return judge.identity(certificate, trusted, revocations, at);
    }

    private Verdict transaction(Certificate certificate, Moment at) {
        return judge.transaction(certificate, trusted, Revocations.NONE, at);
    }

    private Verdict asking(Certificate certificate, Use use) {
        return judge.transaction(certificate, use, trusted, Revocations.NONE, Moment.now(NOW));
    }

    private static void refused(Verdict verdict, Fault fault) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected ->
                                assertThat(rejected.fault())
                                        .as(rejected.detail())
                                        .isEqualTo(fault));
    }
}
