package org.entente.relay.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Authorities;
import org.entente.certs.CaName;
import org.entente.certs.Certificate;
import org.entente.certs.CertificateKind;
import org.entente.certs.KeyId;
import org.entente.certs.RevocationList;
import org.entente.certs.Signer;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;
import org.entente.registry.Approval;
import org.entente.registry.Approvals;
import org.entente.registry.Approver;
import org.entente.registry.Change;
import org.entente.registry.EpochRecord;
import org.entente.registry.RegistryCertificates;
import org.entente.registry.SignedChange;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.entente.relay.fixture.Issued;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Each way in which a relay refuses over HTTPS, with its own fault. None of them leaves a trace.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpRefusalsTest {
    private static final Duration TWO_YEARS = Duration.ofDays(730);
    private static final String CRL = "/v1/organisations/alpha.example/crl/";

    private final Member alpha = new Member("alpha.example");
    private final Member beta = new Member("beta.example");
    private final Member gamma = new Member("gamma.example");
    private final Member stranger = new Member("stranger.example");
    private final List<Member> members = List.of(alpha, beta);
    private final Contracts contracts = new Contracts(members);

    /// Set before the first test.
    private @Nullable RunningRelay started;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        RunningRelay relay = RunningRelay.start(directory.resolve("relay"));
        started = relay;
        relay.admit(List.of(alpha, beta, gamma));
        relay.accept(gamma.agentRevoked());
        Change.RecordProposed founding = contracts.proposal();
        relay.accept(alpha.agentSigned(founding));
        for (Member member : members) {
            relay.accept(vote(founding, member.byRoot(founding.subject())));
        }
    }

    @AfterAll
    void stop() {
        relay().close();
    }

    @TestFactory
    Stream<DynamicTest> certificates() {
        Signer key = Member.freshSigner();
        Authorities authorities = alpha.generation().authorities();
        NodeId second = new NodeId(alpha.id(), new Name("second"));
        return Stream.of(
                refused(
                        "an expired identity certificate",
                        node(alpha.identity("second", key, Member.NOW.minus(TWO_YEARS)), key),
                        Fault.CERTIFICATE_EXPIRED),
                refused(
                        "an identity certificate of tomorrow",
                        node(
                                alpha.identity("second", key, Member.NOW.plus(Duration.ofDays(1))),
                                key),
                        Fault.CERTIFICATE_NOT_YET_VALID),
                refused(
                        "a revoked agent",
                        gamma.wish(beta.chain(), "settlement"),
                        Fault.CERTIFICATE_REVOKED),
                refused(
                        "a revoked certificate brought again",
                        gamma.agentSigned(
                                new Change.NodeRenewed(
                                        gamma.agentCertificate().der(),
                                        gamma.chains(),
                                        gamma.roles(),
                                        0)),
                        Fault.CERTIFICATE_REVOKED),
                refused(
                        "a node in another's trust domain",
                        node(
                                Member.identity(
                                        new NodeId(beta.id(), new Name("second")),
                                        alpha.generation(),
                                        key,
                                        Member.NOW),
                                key),
                        Fault.FOREIGN_TRUST_DOMAIN),
                refused(
                        "a transaction certificate as identity",
                        SignedChange.of(
                                added(transaction(authorities, key)),
                                Approval.by(
                                        new Approver.Node(second),
                                        key,
                                        added(transaction(authorities, key)).digest())),
                        Fault.WRONG_USAGE),
                refused(
                        "a certificate by nobody's CA",
                        node(
                                Issued.identity(
                                        second, key.key(), authorities, KeyId.of(key.key()), key),
                                key),
                        Fault.UNTRUSTED_ISSUER),
                refused(
                        "bytes that are no certificate",
                        node(Bytes.utf8("no"), second, key),
                        Fault.CERTIFICATE_MALFORMED));
    }

    @TestFactory
    Stream<DynamicTest> signatures() {
        Change wish = alpha.wish(beta.chain(), "twice").change();
        Approval approval = alpha.byAgent(wish.digest());
        return Stream.of(
                refused("a change without signature", SignedChange.of(wish), Fault.UNSIGNED),
                refused(
                        "a change signed twice by one",
                        SignedChange.parse(
                                        Change.FORMAT.encode(wish),
                                        Approvals.FORMAT.encode(
                                                new Approvals(List.of(approval, approval))))
                                .orThrow(),
                        Fault.DOUBLY_SIGNED),
                refused(
                        "a change with one signature more",
                        SignedChange.of(wish, approval, beta.byAgent(wish.digest())),
                        Fault.NOT_A_SIGNER),
                refused("a stranger's signature", stranger.agentSigned(wish), Fault.NOT_A_SIGNER),
                refused(
                        "a signature with another key",
                        SignedChange.of(
                                wish,
                                Approval.by(
                                        new Approver.Node(alpha.agent()),
                                        stranger.agentKey(),
                                        wish.digest())),
                        Fault.BAD_SIGNATURE),
                refused(
                        "a signature over something else",
                        SignedChange.of(wish, alpha.byAgent(Digest.ZERO)),
                        Fault.BAD_SIGNATURE));
    }

    @TestFactory
    Stream<DynamicTest> proposals() {
        EpochRecord zero = contracts.record();
        return Stream.of(
                refused(
                        "an epoch record on which one alone decides",
                        alpha.agentSigned(
                                new Contracts(members)
                                        .weight(alpha, 2)
                                        .version(2)
                                        .proposalAfter(zero)),
                        Fault.FORGEABLE),
                refused(
                        "an epoch record on top of none in force",
                        alpha.agentSigned(
                                contracts.proposal(
                                        contracts.record(zero.id(), 2, Digest.of(Bytes.EMPTY)),
                                        zero)),
                        Fault.OUTDATED),
                refused(
                        "an approval of what is decided",
                        vote(contracts.proposal(), alpha.byRoot(contracts.record().digest())),
                        Fault.OUTDATED),
                refused(
                        "an epoch record that is there",
                        alpha.agentSigned(contracts.proposal()),
                        Fault.ALREADY_EXISTS),
                refused(
                        "an epoch record by a stranger",
                        stranger.agentSigned(
                                new Contracts(members).perHour(6).version(2).proposalAfter(zero)),
                        Fault.NOT_A_PARTY),
                refused(
                        "a flow paused by a stranger",
                        stranger.rootSigned(
                                new Change.FlowPaused(zero.id(), Contracts.FLOW, alpha.id(), 0)),
                        Fault.NOT_A_SIGNER));
    }

    @Test
    void an_epoch_record_with_too_little_weight_stays_a_proposal() throws Exception {
        Change.RecordProposed next =
                new Contracts(members).perHour(5).version(2).proposalAfter(contracts.record());
        relay().accept(alpha.agentSigned(next));
        relay().accept(vote(next, alpha.byAgent(next.subject())));
        assertThat(relay().ask("/v1/logs/" + contracts.record().id()).json().path("size").asLong())
                .isEqualTo(1);
        assertThat(relay().ask("/v1/proposals/" + next.subject()).status()).isEqualTo(200);
        isRefused(relay().post(vote(next, alpha.byAgent(next.subject()))), Fault.DOUBLY_SIGNED);
    }

    @TestFactory
    Stream<DynamicTest> bodies() {
        Bytes valid = alpha.wish(beta.chain(), "cut").encode();
        String octets = "application/octet-stream";
        return Stream.of(
                refusedBody("no bytes", Bytes.EMPTY, octets, Fault.MALFORMED),
                refusedBody(
                        "bytes cut off", valid.slice(0, valid.size() - 1), octets, Fault.MALFORMED),
                refusedBody("a byte more", valid.concat(Bytes.utf8("x")), octets, Fault.MALFORMED),
                refusedBody("JSON", valid, "application/json", Fault.UNSUPPORTED_MEDIA_TYPE),
                refusedBody(
                        "too much",
                        Bytes.copyOf(new byte[SignedChange.SIZE_BYTES_MAX + 1]),
                        octets,
                        Fault.TOO_LARGE),
                refusedBody(
                        "a serial number of another form",
                        withOtherSerialNumber(),
                        octets,
                        Fault.MALFORMED));
    }

    /// No constructor makes it: the first two bits of the serial number are 00.
    private Bytes withOtherSerialNumber() {
        SignedChange revocation = alpha.agentRevoked();
        Bytes serial = alpha.agentCertificate().serialNumber();
        String other = "01" + serial.hex().substring(2);
        String change = revocation.changeBytes().hex().replace(serial.hex(), other);
        Bytes encoded = revocation.encode();
        return Bytes.fromHex(encoded.hex().replace(revocation.changeBytes().hex(), change));
    }

    @TestFactory
    Stream<DynamicTest> addresses() {
        String registry = "/v1/logs/registry";
        return Stream.of(
                        "/v1/logs/none",
                        "/v1/logs/" + AllianceId.ZERO,
                        registry + "/tile/0/001",
                        registry + "/tile/0/000.p/200",
                        registry + "/tile/64/000",
                        registry + "/tile/entries/x001/x001/000",
                        "/v1/organisations/nobody.example/crl/enrolment",
                        CRL + "root",
                        CRL + "enrolment")
                .map(path -> refusedPath(path, Fault.NOT_FOUND));
    }

    @TestFactory
    Stream<DynamicTest> numbers() {
        String registry = "/v1/logs/registry";
        return Stream.of(
                        "/proofs/inclusion",
                        "/proofs/inclusion?serial=-1",
                        "/proofs/inclusion?serial=x",
                        "/proofs/inclusion?serial=99999",
                        "/proofs/inclusion?serial=9999999999999999999999",
                        "/proofs/inclusion?serial=3&size=3",
                        "/proofs/inclusion?serial=0&size=99999",
                        "/proofs/inclusion?serial=0&size=0",
                        "/proofs/consistency",
                        "/proofs/consistency?from=4&to=3",
                        "/proofs/consistency?from=1&to=99999",
                        "/records?from=99999",
                        "/records?from=1.5",
                        "/entries/99999",
                        "/entries/-1")
                .map(path -> refusedPath(registry + path, Fault.INVALID_VALUE));
    }

    @TestFactory
    Stream<DynamicTest> invitations() throws Exception {
        String past =
                relay().invitations()
                        .invite(
                                stranger.id(),
                                Duration.ofHours(1),
                                Member.NOW.minus(Duration.ofDays(1)),
                                new SecureRandom());
        String spent = relay().invite(stranger);
        relay().invitations().use(spent);
        return Stream.of(
                refused("an enrolment without one", stranger.enrolment(), Fault.TOKEN_UNKNOWN),
                enrolment("an unknown one", "abc", Fault.TOKEN_UNKNOWN),
                enrolment("a path", "../relay.p12", Fault.TOKEN_UNKNOWN),
                enrolment("another's", relay().invite(beta), Fault.TOKEN_UNKNOWN),
                enrolment("a used one", spent, Fault.TOKEN_USED),
                enrolment("an expired one", past, Fault.TOKEN_EXPIRED));
    }

    @Test
    void an_enrolment_with_anothers_certificates_does_not_spend_the_invitation() throws Exception {
        Member delta = new Member("delta.example");
        Change foreign =
                new Change.OrganisationEnrolled(
                        delta.id(),
                        "Delta",
                        RegistryCertificates.set(alpha.generation().authorities()));
        String token = relay().invite(delta);
        isRefused(relay().enrol(delta.rootSigned(foreign), token), Fault.FOREIGN_TRUST_DOMAIN);
        assertThat(relay().enrol(delta, token).status()).isEqualTo(201);
        isRefused(relay().enrol(delta, token), Fault.ALREADY_EXISTS);
        isRefused(relay().enrol(stranger, token), Fault.TOKEN_UNKNOWN);
    }

    @Test
    void a_revocation_list_counts_when_its_ca_signed_it_and_its_number_grew() throws Exception {
        String path = CRL + "transaction";
        Signer ca = alpha.generation().transaction();
        isRefused(relay().put(path, list(2, stranger.agentKey())), Fault.BAD_SIGNATURE);
        isRefused(relay().put(path, Bytes.utf8("no list")), Fault.MALFORMED);
        Bytes second = list(2, ca);
        assertThat(relay().put(path, second).status()).isEqualTo(204);
        assertThat(relay().put(path, second).status()).isEqualTo(204);
        isRefused(relay().put(path, list(1, ca)), Fault.OUTDATED);
        isRefused(relay().put(CRL + "enrolment", second), Fault.BAD_SIGNATURE);
        assertThat(relay().ask(path).body()).isEqualTo(second);
        assertThat(relay().put(path, list(3, ca)).status()).isEqualTo(204);
    }

    private Bytes list(long number, Signer signer) {
        return RevocationList.issue(
                        new RevocationList.Content(
                                new CaName(alpha.id(), CertificateKind.TRANSACTION_CA, 1),
                                KeyId.of(alpha.generation().transaction().key()),
                                number,
                                Member.NOW,
                                Member.NOW.plus(Duration.ofDays(1)),
                                Sorted.empty()),
                        signer)
                .der();
    }

    private static SignedChange vote(Change.Proposed proposal, Approval approval) {
        return SignedChange.of(new Change.Approved(proposal.subject(), approval));
    }

    private Certificate transaction(Authorities authorities, Signer key) {
        return Issued.transaction(
                contracts.record().id(),
                key.key(),
                authorities,
                authorities.transaction().keyId(),
                alpha.generation().transaction());
    }

    private SignedChange node(Certificate certificate, Signer key) {
        return node(certificate.der(), certificate.node().orElseThrow(), key);
    }

    private SignedChange node(Bytes certificate, NodeId node, Signer key) {
        Change change = new Change.NodeAdded(certificate, alpha.chains(), alpha.roles());
        return SignedChange.of(change, Approval.by(new Approver.Node(node), key, change.digest()));
    }

    private Change added(Certificate certificate) {
        return new Change.NodeAdded(certificate.der(), alpha.chains(), alpha.roles());
    }

    private DynamicTest refused(String what, SignedChange change, Fault expected) {
        return DynamicTest.dynamicTest(
                what + " is refused as " + expected,
                () -> leavesNoTrace(() -> isRefused(relay().post(change), expected)));
    }

    private DynamicTest refusedBody(String what, Bytes body, String mediaType, Fault expected) {
        return DynamicTest.dynamicTest(
                what + " is refused as " + expected,
                () -> leavesNoTrace(() -> isRefused(relay().post(body, mediaType), expected)));
    }

    private DynamicTest enrolment(String what, String token, Fault expected) {
        return DynamicTest.dynamicTest(
                "an enrolment with " + what + " is refused as " + expected,
                () -> leavesNoTrace(() -> isRefused(relay().enrol(stranger, token), expected)));
    }

    private DynamicTest refusedPath(String path, Fault expected) {
        return DynamicTest.dynamicTest(
                path + " is refused as " + expected, () -> isRefused(relay().ask(path), expected));
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private void leavesNoTrace(Attempt attempt) throws Exception {
        Bytes before = relay().ask("/v1/logs").body();
        attempt.run();
        assertThat(relay().ask("/v1/logs").body()).isEqualTo(before);
    }

    private static void isRefused(RunningRelay.Answer answer, Fault expected) {
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.code()).as(answer.json().toString()).isEqualTo(expected.name());
        assertThat(answer.status()).isEqualTo(expected.httpStatus());
    }

    private RunningRelay relay() {
        return Objects.requireNonNull(started, "the relay is started before the tests");
    }
}
