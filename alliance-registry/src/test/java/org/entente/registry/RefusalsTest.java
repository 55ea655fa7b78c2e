package org.entente.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Certificate;
import org.entente.certs.Signer;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.registry.contract.FlowName;
import org.entente.registry.contract.ResourcePattern;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Each way to be refused, with its own fault.
final class RefusalsTest {
    private static final Duration TWO_YEARS = Duration.ofDays(730);
    private final Member alpha = new Member("alpha.example");
    private final Member beta = new Member("beta.example");
    private final Member stranger = new Member("stranger.example");
    private final List<Member> members = List.of(alpha, beta);

    @TestFactory
    Stream<DynamicTest> organisations_and_chains() {
        World world = World.of(members);
        return Stream.of(
                refused("an organisation twice", world, alpha.enrolment(), Fault.ALREADY_EXISTS),
                refused(
                        "an organisation that did not sign",
                        world,
                        SignedChange.of(stranger.enrolment().change()),
                        Fault.UNSIGNED),
                refused(
                        "an organisation signed by another's root",
                        world,
                        alpha.rootSigned(stranger.enrolment().change()),
                        Fault.NOT_A_SIGNER),
                refused(
                        "certificates of another organisation",
                        world,
                        stranger.rootSigned(
                                new Change.OrganisationEnrolled(
                                        stranger.id(),
                                        "Stranger",
                                        RegistryCertificates.set(
                                                alpha.generation().authorities()))),
                        Fault.FOREIGN_TRUST_DOMAIN),
                refused("a chain twice", world, alpha.chainAdded(), Fault.ALREADY_EXISTS),
                refused(
                        "a chain of an unknown organisation",
                        world,
                        stranger.chainAdded(),
                        Fault.UNKNOWN_ORGANISATION));
    }

    @TestFactory
    Stream<DynamicTest> nodes() {
        World world = World.of(members);
        Signer key = Member.freshSigner();
        return Stream.of(
                refused("a node twice", world, alpha.agentAdded(), Fault.ALREADY_EXISTS),
                refused(
                        "a node whose CA speaks for another organisation",
                        world,
                        node(
                                Member.identity(
                                        new NodeId(beta.id(), new Name("second")),
                                        alpha.generation(),
                                        key,
                                        Member.NOW),
                                key),
                        Fault.FOREIGN_TRUST_DOMAIN),
                refused(
                        "a node with a certificate that begins tomorrow",
                        world,
                        node(
                                alpha.identity("second", key, Member.NOW.plus(Duration.ofDays(1))),
                                key),
                        Fault.CERTIFICATE_NOT_YET_VALID),
                refused(
                        "a node with a certificate that ended",
                        world,
                        node(alpha.identity("second", key, Member.NOW.minus(TWO_YEARS)), key),
                        Fault.CERTIFICATE_EXPIRED));
    }

    @TestFactory
    Stream<DynamicTest> nodes_that_do_not_hold_what_they_show() {
        World world = World.of(members);
        Signer key = Member.freshSigner();
        NodeId second = new NodeId(alpha.id(), new Name("second"));
        Certificate fresh = alpha.identity("second", key, Member.NOW);
        return Stream.of(
                refused(
                        "a node that signs with another key",
                        world,
                        SignedChange.of(
                                nodeChange(fresh),
                                Approval.by(
                                        new Approver.Node(second),
                                        alpha.agentKey(),
                                        nodeChange(fresh).digest())),
                        Fault.BAD_SIGNATURE),
                refused(
                        "a node whose signature is over something else",
                        world,
                        SignedChange.of(
                                nodeChange(fresh),
                                Approval.by(new Approver.Node(second), key, Digest.ZERO)),
                        Fault.BAD_SIGNATURE),
                refused(
                        "a node on an unknown chain",
                        world,
                        signed(
                                new Change.NodeAdded(fresh.der(), stranger.chains(), alpha.roles()),
                                second,
                                key),
                        Fault.UNKNOWN_CHAIN),
                refused(
                        "a node with a CA's certificate",
                        world,
                        signed(
                                nodeChange(alpha.generation().authorities().enrolment()),
                                second,
                                key),
                        Fault.WRONG_USAGE),
                refused(
                        "bytes that are no certificate",
                        world,
                        signed(
                                new Change.NodeAdded(
                                        Bytes.utf8("no"), alpha.chains(), alpha.roles()),
                                second,
                                key),
                        Fault.CERTIFICATE_MALFORMED),
                refused(
                        "a renewal that was played before",
                        world,
                        alpha.agentSigned(
                                new Change.NodeRenewed(
                                        alpha.agentCertificate().der(),
                                        alpha.chains(),
                                        alpha.roles(),
                                        3)),
                        Fault.OUTDATED));
    }

    @TestFactory
    Stream<DynamicTest> requirements_revocations_and_openings() {
        World world = World.of(members);
        Digest issuer = alpha.generation().authorities().enrolment().digest();
        Bytes serial = alpha.agentCertificate().serialNumber();
        Change revocation =
                new Change.CertificateRevoked(
                        alpha.id(), issuer, serial, RevocationReason.UNSPECIFIED);
        return Stream.of(
                refused(
                        "an offer of another's chain",
                        world,
                        alpha.agentSigned(
                                requirement(alpha, Requirement.Direction.OFFER, beta.chain())),
                        Fault.NOT_YOURS),
                refused(
                        "a want of an unknown chain",
                        world,
                        alpha.agentSigned(
                                requirement(alpha, Requirement.Direction.WANT, stranger.chain())),
                        Fault.UNKNOWN_CHAIN),
                refused(
                        "a requirement of an unknown node",
                        world,
                        stranger.agentSigned(
                                requirement(stranger, Requirement.Direction.WANT, beta.chain())),
                        Fault.UNKNOWN_NODE),
                refused(
                        "an unknown requirement withdrawn",
                        world,
                        alpha.agentSigned(
                                new Change.RequirementWithdrawn(alpha.agent(), Digest.ZERO)),
                        Fault.NOT_FOUND),
                refused(
                        "a revocation by another organisation",
                        world,
                        beta.rootSigned(revocation),
                        Fault.NOT_A_SIGNER),
                refused(
                        "a revocation without a signature",
                        world,
                        SignedChange.of(revocation),
                        Fault.UNSIGNED),
                refused(
                        "a revocation of what another's CA issued",
                        world,
                        beta.rootSigned(
                                new Change.CertificateRevoked(
                                        beta.id(), issuer, serial, RevocationReason.UNSPECIFIED)),
                        Fault.NOT_YOURS),
                refused(
                        "an opening that nobody demanded",
                        world,
                        alpha.rootSigned(
                                new Change.CertificateOpened(alpha.id(), issuer, Digest.ZERO)),
                        Fault.NOT_FOUND),
                refused(
                        "a pause in an unknown alliance",
                        world,
                        alpha.agentSigned(
                                new Change.FlowPaused(
                                        AllianceId.ZERO, Contracts.FLOW, alpha.id(), 0)),
                        Fault.NOT_FOUND));
    }

    @TestFactory
    Stream<DynamicTest> proposals() {
        World world = World.of(members);
        AllianceId id = world.found(new Contracts(members), members);
        EpochRecord zero = new Contracts(members).record();
        Change.RecordProposed next =
                new Contracts(members).perHour(5).version(2).proposalAfter(zero);
        world.accept(alpha.agentSigned(next));
        world.vote(next, alpha.byAgent(next.subject()));
        Contracts forgeable = new Contracts(members).weight(alpha, 2).version(2);
        return Stream.of(
                refused(
                        "the same founding again",
                        world,
                        alpha.agentSigned(new Contracts(members).proposal()),
                        Fault.ALREADY_EXISTS),
                refused("a proposal twice", world, alpha.agentSigned(next), Fault.ALREADY_EXISTS),
                refused(
                        "a record that lists a lower threshold than its node contract has",
                        world,
                        alpha.agentSigned(loosened(new Contracts(members).perHour(6), zero)),
                        Fault.INVALID_VALUE),
                refused(
                        "a record on top of no epoch in force",
                        world,
                        alpha.agentSigned(
                                new Contracts(members)
                                        .perHour(5)
                                        .proposal(
                                                new Contracts(members)
                                                        .perHour(5)
                                                        .record(id, 2, Digest.of(Bytes.EMPTY)),
                                                zero)),
                        Fault.OUTDATED),
                refused(
                        "a policy that one alone can forge",
                        world,
                        alpha.agentSigned(forgeable.proposalAfter(zero)),
                        Fault.FORGEABLE),
                refused(
                        "a policy that one alone can forge and nobody signed, unread",
                        world,
                        SignedChange.of(forgeable.proposalAfter(zero)),
                        Fault.UNSIGNED),
                refused(
                        "a policy that one alone can forge, signed by a stranger, unread",
                        world,
                        stranger.rootSigned(forgeable.proposalAfter(zero)),
                        Fault.NOT_A_PARTY),
                refused(
                        "a proposal by a stranger",
                        world,
                        stranger.agentSigned(
                                new Contracts(members).perHour(6).version(2).proposalAfter(zero)),
                        Fault.NOT_A_PARTY),
                refused(
                        "a proposal without a signature",
                        world,
                        SignedChange.of(
                                new Contracts(members).perHour(6).version(2).proposalAfter(zero)),
                        Fault.UNSIGNED),
                refused(
                        "a founding with an organisation that is not enrolled",
                        world,
                        alpha.agentSigned(new Contracts(List.of(alpha, beta, stranger)).proposal()),
                        Fault.UNKNOWN_ORGANISATION));
    }

    private static Change.RecordProposed loosened(Contracts contracts, EpochRecord before) {
        EpochRecord sound = contracts.version(2).after(before);
        NodeContractListing listing = sound.nodeContracts().getFirst();
        return contracts.proposal(
                new EpochRecord(
                        sound.alliance(),
                        sound.epoch(),
                        sound.previous(),
                        sound.protocolVersions(),
                        sound.relay(),
                        sound.agents(),
                        sound.authorities(),
                        sound.chains(),
                        sound.contracts(),
                        List.of(
                                new NodeContractListing(
                                        listing.flow(),
                                        listing.digest(),
                                        listing.endorsers(),
                                        listing.bound() - 1)),
                        sound.recovery(),
                        sound.struck()),
                before);
    }

    @TestFactory
    Stream<DynamicTest> approvals_and_acts() {
        World world = World.of(members);
        AllianceId id = world.found(new Contracts(members), members);
        EpochRecord zero = new Contracts(members).record();
        Change.RecordProposed next =
                new Contracts(members).perHour(5).version(2).proposalAfter(zero);
        world.accept(alpha.agentSigned(next));
        world.vote(next, alpha.byAgent(next.subject()));
        Digest subject = next.subject();
        return Stream.of(
                refused(
                        "an approval twice",
                        world,
                        vote(subject, alpha.byAgent(subject)),
                        Fault.DOUBLY_SIGNED),
                refused(
                        "a stranger's approval",
                        world,
                        vote(subject, stranger.byAgent(subject)),
                        Fault.NOT_A_SIGNER),
                refused(
                        "an approval of something else",
                        world,
                        vote(subject, beta.byAgent(Digest.ZERO)),
                        Fault.BAD_SIGNATURE),
                refused(
                        "an approval of what is not open",
                        world,
                        vote(Digest.ZERO, beta.byAgent(Digest.ZERO)),
                        Fault.OUTDATED),
                refused(
                        "an approval that is signed again",
                        world,
                        alpha.agentSigned(new Change.Approved(subject, beta.byAgent(subject))),
                        Fault.DOUBLY_SIGNED),
                refused(
                        "a pause of an unknown flow",
                        world,
                        alpha.agentSigned(
                                new Change.FlowPaused(
                                        id,
                                        new FlowName(new Name("trade"), new Name("none")),
                                        alpha.id(),
                                        0)),
                        Fault.UNKNOWN_FLOW),
                refused(
                        "an act on top of another record",
                        world,
                        alpha.agentSigned(new Change.ActProposed(id, Digest.ZERO, 0, Act.SUSPEND)),
                        Fault.OUTDATED),
                refused(
                        "a resumption of what is not suspended",
                        world,
                        alpha.agentSigned(new Change.ActProposed(id, zero.digest(), 0, Act.RESUME)),
                        Fault.ALLIANCE_STATE));
    }

    @Test
    void a_change_that_one_signer_signs_twice_is_refused() {
        World world = World.of(members);
        Change change = requirement(alpha, Requirement.Direction.WANT, beta.chain());
        Approval approval = alpha.byAgent(change.digest());
        SignedChange twice =
                SignedChange.parse(
                                Change.FORMAT.encode(change),
                                Approvals.FORMAT.encode(new Approvals(List.of(approval, approval))))
                        .orThrow();
        assertThat(fault(world.check(twice))).isEqualTo(Fault.DOUBLY_SIGNED);
    }

    @Test
    void an_expired_agent_cannot_file_anything() {
        World world = World.of(members).at(Member.NOW.plus(TWO_YEARS));
        Change change =
                new Change.RequirementFiled(
                        new Requirement(
                                alpha.agent(),
                                Requirement.Direction.WANT,
                                beta.chain(),
                                new ResourcePattern("orders/*"),
                                new Name("read"),
                                "",
                                1,
                                Member.NOW.plus(TWO_YEARS.multipliedBy(2))));
        assertThat(fault(world.check(alpha.agentSigned(change))))
                .isEqualTo(Fault.CERTIFICATE_EXPIRED);
    }

    @Test
    void a_revoked_certificate_is_refused_at_once_and_old_entries_stay() {
        World world = World.of(members);
        Change filed = requirement(alpha, Requirement.Direction.WANT, beta.chain());
        world.accept(alpha.agentSigned(filed));
        world.accept(
                alpha.rootSigned(
                        new Change.CertificateRevoked(
                                alpha.id(),
                                alpha.generation().authorities().enrolment().digest(),
                                alpha.agentCertificate().serialNumber(),
                                RevocationReason.KEY_COMPROMISE)));
        assertThat(
                        fault(
                                world.check(
                                        alpha.agentSigned(
                                                new Change.RequirementWithdrawn(
                                                        alpha.agent(), filed.digest())))))
                .isEqualTo(Fault.CERTIFICATE_REVOKED);
        assertThat(world.registry().requirements()).containsKey(filed.digest());
    }

    private static SignedChange vote(Digest subject, Approval approval) {
        return SignedChange.of(new Change.Approved(subject, approval));
    }

    private Change nodeChange(Certificate certificate) {
        return new Change.NodeAdded(
                certificate.der(), Sorted.copyOf(List.<ChainId>of()), alpha.roles());
    }

    private SignedChange node(Certificate certificate, Signer key) {
        return signed(nodeChange(certificate), certificate.node().orElseThrow(), key);
    }

    private static SignedChange signed(Change change, NodeId node, Signer key) {
        return SignedChange.of(change, Approval.by(new Approver.Node(node), key, change.digest()));
    }

    private static Change requirement(
            Member member, Requirement.Direction direction, ChainId chain) {
        Instant until = Member.NOW.plus(Duration.ofDays(30));
        return new Change.RequirementFiled(
                new Requirement(
                        member.agent(),
                        direction,
                        chain,
                        new ResourcePattern("orders/*"),
                        new Name("read"),
                        "settlement",
                        100,
                        Instant.ofEpochMilli(until.toEpochMilli())));
    }

    private static DynamicTest refused(
            String what, World world, SignedChange change, Fault expected) {
        return DynamicTest.dynamicTest(
                what + " is refused as " + expected,
                () -> assertThat(fault(world.check(change))).isEqualTo(expected));
    }

    private static Fault fault(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Rejected rejected -> rejected.fault();
            case Verdict.Accepted _ -> throw new AssertionError("accepted");
        };
    }
}
