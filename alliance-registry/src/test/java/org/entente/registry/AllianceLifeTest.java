package org.entente.registry;

import static org.assertj.core.api.Assertions.assertThat;

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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class AllianceLifeTest {
    private final Member alpha = new Member("alpha.example");
    private final Member beta = new Member("beta.example");
    private final Member gamma = new Member("gamma.example");
    private final List<Member> members = List.of(alpha, beta, gamma);
    private final World world = World.of(members);

    @Test
    void record_0_with_every_root_signature_founds_an_alliance_whose_id_is_its_digest() {
        Contracts contracts = new Contracts(members);
        Change.RecordProposed proposal = contracts.proposal();
        world.accept(alpha.agentSigned(proposal));
        world.vote(proposal, alpha.byRoot(proposal.subject()));
        world.vote(proposal, beta.byRoot(proposal.subject()));
        assertThat(world.registry().alliances()).isEmpty();

        world.vote(proposal, gamma.byRoot(proposal.subject()));

        AllianceId id = new AllianceId(proposal.subject());
        assertThat(world.registry().alliances()).containsOnlyKeys(id);
        assertThat(world.alliance(id).epochAt(0).digest()).isEqualTo(id.digest());
        assertThat(world.registry().proposals()).isEmpty();
    }

    @Test
    void an_amendment_begins_the_next_epoch_at_the_serial_after_its_own_entry() {
        AllianceId id = world.found(new Contracts(members), members);
        amend(new Contracts(members).perHour(200).version(2), alpha, beta);
        Alliance alliance = world.alliance(id);
        assertThat(alliance.last()).isEqualTo(1);
        assertThat(alliance.epochAt(0).epoch()).isZero();
        assertThat(alliance.epochAt(1).epoch()).isZero();
        assertThat(alliance.epochAt(2).epoch()).isEqualTo(1);
        assertThat(alliance.epochAt(1_000_000).epoch()).isEqualTo(1);
    }

    @Test
    void an_amendment_waits_for_an_agent_of_every_party_whose_resources_it_touches() {
        AllianceId id = world.found(new Contracts(members), members);
        amend(new Contracts(members).perHour(200).version(2), alpha, gamma);
        assertThat(charter(id).record().epoch()).isZero();
        OpenProposal open = world.registry().proposals().values().iterator().next();
        world.vote(open.proposed(), beta.byAgent(open.subject()));
        assertThat(charter(id).record().epoch()).isEqualTo(1);
    }

    @Test
    void an_amendment_that_touches_no_flow_passes_with_the_weight_of_any_majority() {
        AllianceId id = world.found(new Contracts(members), members);
        Contracts same = new Contracts(members);
        EpochRecord next = same.after(charter(id).record());
        Change.RecordProposed proposal = same.proposal(next, charter(id).record());
        world.accept(gamma.agentSigned(proposal));
        world.vote(proposal, gamma.byAgent(proposal.subject()));
        world.vote(proposal, alpha.byAgent(proposal.subject()));
        assertThat(charter(id).record().epoch()).isEqualTo(1);
    }

    @Test
    void a_party_that_joins_signs_with_its_root_key() {
        List<Member> two = List.of(alpha, beta);
        AllianceId id = world.found(new Contracts(two), two);
        Contracts three = new Contracts(members).version(2);
        Change.RecordProposed proposal = three.proposalAfter(charter(id).record());
        world.accept(alpha.agentSigned(proposal));
        world.vote(proposal, alpha.byAgent(proposal.subject()));
        world.vote(proposal, beta.byAgent(proposal.subject()));
        assertThat(charter(id).record().epoch()).isZero();
        world.vote(proposal, gamma.byRoot(proposal.subject()));
        assertThat(world.alliance(id).charter().isParty(gamma.id())).isTrue();
    }

    @Test
    void all_recovery_keys_together_replace_the_lost_majority() {
        Contracts contracts = new Contracts(members).withRecovery();
        AllianceId id = world.found(contracts, members);
        Contracts next = new Contracts(members).withRecovery().perHour(7).version(2);
        Change.RecordProposed proposal = next.proposalAfter(charter(id).record());
        world.accept(alpha.rootSigned(proposal));
        world.vote(proposal, alpha.byRecovery(proposal.subject()));
        world.vote(proposal, beta.byRecovery(proposal.subject()));
        assertThat(charter(id).record().epoch()).isZero();
        world.vote(proposal, gamma.byRecovery(proposal.subject()));
        assertThat(world.alliance(id).charter().record().epoch()).isEqualTo(1);
    }

    @Test
    void only_who_paused_a_flow_resumes_it_and_an_old_pause_cannot_be_played_again() {
        AllianceId id = world.found(new Contracts(members), members);
        SignedChange pause = beta.agentSigned(pause(id, beta, 0));
        world.accept(pause);
        assertThat(charter(id).pausedBy(Contracts.FLOW)).containsExactly(beta.id());
        refused(alpha.agentSigned(resume(id, alpha, 0)), Fault.FLOW_STATE);
        refused(pause, Fault.FLOW_STATE);
        world.accept(beta.rootSigned(resume(id, beta, 1)));
        assertThat(charter(id).isRunning(Contracts.FLOW)).isTrue();
        refused(pause, Fault.OUTDATED);
        refused(gamma.agentSigned(pause(id, gamma, 0)), Fault.NOT_YOURS);
        assertThat(world.alliance(id).changes()).isEqualTo(3);
    }

    @Test
    void suspension_needs_weight_alone_and_resumption_the_owners_of_the_chains_too() {
        AllianceId id = world.found(new Contracts(members), members);
        act(id, Act.SUSPEND, 0, alpha, gamma);
        assertThat(charter(id).standing()).isEqualTo(Standing.SUSPENDED);
        act(id, Act.RESUME, 1, alpha, gamma);
        assertThat(charter(id).standing()).isEqualTo(Standing.SUSPENDED);
        OpenProposal open = world.registry().proposals().values().iterator().next();
        world.vote(open.proposed(), beta.byAgent(open.subject()));
        assertThat(charter(id).standing()).isEqualTo(Standing.ACTIVE);
        act(id, Act.DISSOLVE, 2, alpha, beta);
        assertThat(world.alliance(id).charter().standing()).isEqualTo(Standing.DISSOLVED);
        refused(beta.agentSigned(pause(id, beta, 0)), Fault.ALLIANCE_STATE);
    }

    @Test
    void the_signature_under_a_proposal_is_no_approval_of_it() {
        AllianceId id = world.found(new Contracts(members), members);
        Change.ActProposed suspend =
                new Change.ActProposed(id, charter(id).terms().digest(), 0, Act.SUSPEND);
        Change.RecordProposed record =
                new Contracts(members).perHour(9).version(2).proposalAfter(charter(id).record());
        for (Change.Proposed proposal : List.of(suspend, record)) {
            SignedChange signed = alpha.agentSigned(proposal);
            world.accept(signed);
            refused(
                    SignedChange.of(
                            new Change.Approved(
                                    proposal.subject(), signed.approvals().list().getFirst())),
                    Fault.BAD_SIGNATURE);
        }
    }

    @Test
    void a_rotation_a_revocation_and_an_opening_reach_the_alliances_own_log() {
        AllianceId id = world.found(new Contracts(members), members);
        Generation next = alpha.generation(2);
        world.accept(alpha.rotation(next));
        Digest issuer = alpha.generation().authorities().enrolment().digest();
        Change.CertificateRevoked revoked =
                new Change.CertificateRevoked(
                        alpha.id(),
                        issuer,
                        alpha.agentCertificate().serialNumber(),
                        RevocationReason.KEY_COMPROMISE);
        world.accept(
                SignedChange.of(
                        revoked,
                        alpha.byIssuer(issuer, alpha.generation().enrolment(), revoked.digest())));
        SignedChange demand =
                beta.agentSigned(
                        new Change.OpeningDemanded(
                                beta.agent(), gamma.id(), issuer, "an audit of order 7"));
        world.accept(demand);
        world.accept(
                gamma.rootSigned(
                        new Change.CertificateOpened(gamma.id(), issuer, demand.digest())));

        Alliance alliance = world.alliance(id);
        assertThat(alliance.charter().authorities(alpha.id()).root().key())
                .isEqualTo(next.root().key());
        assertThat(alliance.revocations().fromSerial())
                .containsEntry(new Revocation(issuer, alpha.agentCertificate().serialNumber()), 2L);
        assertThat(alliance.openings()).containsEntry(issuer, 3L);
    }

    @Test
    void what_was_revoked_before_the_founding_counts_in_the_alliance_too() {
        Digest issuer = alpha.generation().authorities().transaction().digest();
        world.accept(
                alpha.rootSigned(
                        new Change.CertificateRevoked(
                                alpha.id(),
                                issuer,
                                alpha.agentCertificate().serialNumber(),
                                RevocationReason.SUPERSEDED)));
        AllianceId id = world.found(new Contracts(members), members);
        assertThat(world.alliance(id).revocations().fromSerial()).hasSize(1);
    }

    @Test
    void a_revoked_agents_vote_no_longer_counts_and_it_casts_no_other() {
        AllianceId id = world.found(new Contracts(members), members);
        Change.ActProposed proposal =
                new Change.ActProposed(id, charter(id).terms().digest(), 0, Act.SUSPEND);
        world.accept(alpha.agentSigned(proposal));
        world.vote(proposal, beta.byAgent(proposal.subject()));
        Digest issuer = beta.generation().authorities().enrolment().digest();
        world.accept(
                beta.rootSigned(
                        new Change.CertificateRevoked(
                                beta.id(),
                                issuer,
                                beta.agentCertificate().serialNumber(),
                                RevocationReason.KEY_COMPROMISE)));
        assertThat(world.registry().proposal(proposal.subject()).orElseThrow().votes()).isEmpty();
        refused(
                SignedChange.of(
                        new Change.Approved(proposal.subject(), beta.byAgent(proposal.subject()))),
                Fault.CERTIFICATE_REVOKED);
    }

    @Test
    void a_crash_at_any_step_leaves_exactly_what_is_owed() {
        AllianceId id = world.found(new Contracts(members), members);
        world.accept(beta.agentSigned(pause(id, beta, 0)));
        world.accept(gamma.rotation(gamma.generation(2)));
        world.accept(beta.agentSigned(resume(id, beta, 1)));
        Digest whole = world.alliance(id).digest();
        List<SignedChange> all = world.registry().owed(id, Optional.empty());
        assertThat(all).hasSize(4);
        for (int crash = 0; crash <= all.size(); crash++) {
            Optional<Alliance> alliance = Optional.empty();
            for (SignedChange due : all.subList(0, crash)) {
                alliance = Optional.of(World.append(alliance, due, Member.NOW));
            }
            Registry again = replay(world.log());
            for (SignedChange due : again.owed(id, alliance)) {
                alliance = Optional.of(World.append(alliance, due, Member.NOW));
            }
            assertThat(alliance.orElseThrow().digest()).isEqualTo(whole);
            assertThat(again.owed(id, alliance)).isEmpty();
        }
    }

    @Test
    void the_same_entries_give_the_same_digest_and_every_entry_changes_it() {
        AllianceId id = world.found(new Contracts(members), members);
        world.accept(beta.agentSigned(pause(id, beta, 0)));
        assertThat(replay(world.log()).digest()).isEqualTo(world.registry().digest());
        List<Digest> digests = new ArrayList<>();
        Registry registry = Registry.EMPTY;
        digests.add(registry.digest());
        for (ChangeEntry entry : world.log()) {
            registry = registry.apply(entry);
            digests.add(registry.digest());
        }
        assertThat(digests).doesNotHaveDuplicates();
    }

    @Test
    void a_lying_relay_can_append_nothing_that_the_members_did_not_sign() {
        AllianceId id = world.found(new Contracts(members), members);
        Alliance alliance = world.alliance(id);
        Contracts next = new Contracts(members).perHour(9).version(2);
        Change.RecordProposed proposal = next.proposalAfter(alliance.charter().record());
        Digest subject = proposal.subject();
        assertThat(fault(alliance.check(SignedChange.of(proposal), World.VERIFIER)))
                .isEqualTo(Fault.WEIGHT_TOO_LOW);
        assertThat(
                        fault(
                                alliance.check(
                                        SignedChange.of(
                                                proposal,
                                                alpha.byAgent(subject),
                                                new Approval(
                                                        new Approver.Node(beta.agent()),
                                                        beta.agentKey().key(),
                                                        alpha.byAgent(subject).signature())),
                                        World.VERIFIER)))
                .isEqualTo(Fault.BAD_SIGNATURE);
        assertThat(fault(alliance.check(alpha.agentSigned(pause(id, beta, 0)), World.VERIFIER)))
                .isEqualTo(Fault.NOT_A_SIGNER);
    }

    private static Registry replay(List<ChangeEntry> log) {
        Registry registry = Registry.EMPTY;
        for (ChangeEntry entry : log) {
            SignedChange read = SignedChange.decode(entry.change().encode()).orThrow();
            registry = registry.apply(new ChangeEntry(entry.serial(), entry.time(), read));
        }
        return registry;
    }

    private void amend(Contracts next, Member... voters) {
        Charter charter = world.registry().alliances().values().iterator().next().charter();
        Change.RecordProposed proposal = next.proposalAfter(charter.record());
        world.accept(voters[0].agentSigned(proposal));
        for (Member voter : voters) {
            world.vote(proposal, voter.byAgent(proposal.subject()));
        }
    }

    private void act(AllianceId id, Act act, int number, Member... voters) {
        Change.ActProposed proposal =
                new Change.ActProposed(id, charter(id).terms().digest(), number, act);
        world.accept(voters[0].agentSigned(proposal));
        for (Member voter : voters) {
            world.vote(proposal, voter.byAgent(proposal.subject()));
        }
    }

    private static Change pause(AllianceId id, Member member, int number) {
        return new Change.FlowPaused(id, Contracts.FLOW, member.id(), number);
    }

    private static Change resume(AllianceId id, Member member, int number) {
        return new Change.FlowResumed(id, Contracts.FLOW, member.id(), number);
    }

    private Charter charter(AllianceId id) {
        return world.registry().alliance(id).orElseThrow().charter();
    }

    private void refused(SignedChange change, Fault expected) {
        assertThat(fault(world.check(change))).isEqualTo(expected);
    }

    private static Fault fault(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Rejected rejected -> rejected.fault();
            case Verdict.Accepted _ -> throw new AssertionError("accepted");
        };
    }
}
