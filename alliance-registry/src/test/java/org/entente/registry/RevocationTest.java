package org.entente.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Certificate;
import org.entente.certs.Revocation;
import org.entente.certs.issue.Generation;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Whose certificates an organisation revokes in an alliance's own log.
final class RevocationTest {
    private final Member alpha = new Member("alpha.example");
    private final Member beta = new Member("beta.example");
    private final Member gamma = new Member("gamma.example");
    private final List<Member> members = List.of(alpha, beta, gamma);
    private final World world = World.of(members);

    @Test
    void a_member_revokes_nothing_that_another_members_ca_issued() {
        AllianceId id = world.found(new Contracts(members), members);
        Change foreign =
                new Change.CertificateRevoked(
                        beta.id(),
                        alpha.generation().authorities().enrolment().digest(),
                        alpha.agentCertificate().serialNumber(),
                        RevocationReason.KEY_COMPROMISE);
        assertThat(fault(world.alliance(id).check(beta.rootSigned(foreign), World.VERIFIER)))
                .isEqualTo(Fault.NOT_YOURS);
        assertThat(fault(world.check(beta.rootSigned(foreign)))).isEqualTo(Fault.NOT_YOURS);
    }

    @Test
    void what_a_ca_from_before_the_alliance_issued_is_revoked_in_the_registry_alone() {
        Generation next = gamma.generation(2);
        world.accept(gamma.rotation(next));
        List<Member> two = List.of(alpha, beta);
        AllianceId id = world.found(new Contracts(two), two);
        world.accept(renewed(next));
        amend(id, joining(id, next), next);
        SignedChange revoked = revoked(gamma.agentCertificate(), gamma.generation(), next);
        world.accept(revoked);
        assertThat(world.alliance(id).charter().isParty(gamma.id())).isTrue();
        assertThat(world.alliance(id).revocations().fromSerial()).isEmpty();
        assertThat(fault(world.alliance(id).check(revoked, World.VERIFIER)))
                .isEqualTo(Fault.NOT_YOURS);
    }

    @Test
    void what_was_revoked_under_an_earlier_root_counts_when_its_organisation_comes_back() {
        AllianceId id = world.found(new Contracts(members), members);
        leave(id);
        Generation next = gamma.generation(2);
        world.accept(gamma.agentRevoked());
        world.accept(gamma.rotation(next));
        world.accept(renewed(next));
        assertThat(world.alliance(id).revocations().fromSerial()).isEmpty();

        amend(id, joining(id, next), next);

        assertThat(world.alliance(id).revocations().fromSerial())
                .containsOnlyKeys(
                        new Revocation(
                                gamma.generation().authorities().enrolment().digest(),
                                gamma.agentCertificate().serialNumber()));
    }

    @Test
    void a_root_that_was_replaced_revokes_nothing_of_a_later_ca() {
        AllianceId id = world.found(new Contracts(members), members);
        Generation next = gamma.generation(2);
        world.accept(gamma.rotation(next));
        Certificate later = Member.identity(gamma.agent(), next, Member.freshSigner(), Member.NOW);
        assertThat(
                        fault(
                                world.alliance(id)
                                        .check(
                                                revoked(later, next, gamma.generation()),
                                                World.VERIFIER)))
                .isEqualTo(Fault.BAD_SIGNATURE);
    }

    private void leave(AllianceId id) {
        EpochRecord zero = charter(id).record();
        Change.RecordProposed without =
                new Contracts(List.of(alpha, beta)).version(2).proposalAfter(zero);
        world.accept(alpha.agentSigned(without));
        world.vote(without, alpha.byAgent(without.subject()));
        world.vote(without, beta.byAgent(without.subject()));
        assertThat(charter(id).isParty(gamma.id())).isFalse();
    }

    /// All three, gamma with the CAs that it has now.
    private Change.RecordProposed joining(AllianceId id, Generation ofGamma) {
        EpochRecord before = charter(id).record();
        Contracts contracts = new Contracts(members).version(3);
        return contracts.proposal(
                Contracts.withAuthorities(contracts.after(before), ofGamma.authorities()), before);
    }

    private void amend(AllianceId id, Change.RecordProposed proposal, Generation ofGamma) {
        Digest subject = proposal.subject();
        world.accept(alpha.agentSigned(proposal));
        world.vote(proposal, alpha.byAgent(subject));
        world.vote(proposal, beta.byAgent(subject));
        world.vote(proposal, Approval.by(new Approver.Root(gamma.id()), ofGamma.root(), subject));
        assertThat(charter(id).isParty(gamma.id())).isTrue();
    }

    /// Gamma's agent keeps its key under the new CA.
    private SignedChange renewed(Generation ofGamma) {
        Certificate certificate =
                Member.identity(gamma.agent(), ofGamma, gamma.agentKey(), Member.NOW);
        return gamma.agentSigned(
                new Change.NodeRenewed(certificate.der(), gamma.chains(), gamma.roles(), 0));
    }

    private SignedChange revoked(Certificate certificate, Generation issuer, Generation signer) {
        Change change =
                new Change.CertificateRevoked(
                        gamma.id(),
                        issuer.authorities().enrolment().digest(),
                        certificate.serialNumber(),
                        RevocationReason.KEY_COMPROMISE);
        return SignedChange.of(
                change, Approval.by(new Approver.Root(gamma.id()), signer.root(), change.digest()));
    }

    private Charter charter(AllianceId id) {
        return world.registry().alliance(id).orElseThrow().charter();
    }

    private static Fault fault(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Rejected rejected -> rejected.fault();
            case Verdict.Accepted _ -> throw new AssertionError("accepted");
        };
    }
}
