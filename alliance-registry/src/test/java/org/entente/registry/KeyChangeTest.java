package org.entente.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Certificate;
import org.entente.certs.Signer;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// A key that was revoked or replaced decides nothing, although a record still lists it.
final class KeyChangeTest {
    private final Member alpha = new Member("alpha.example");
    private final Member beta = new Member("beta.example");
    private final Member gamma = new Member("gamma.example");
    private final List<Member> members = List.of(alpha, beta, gamma);
    private final World world = World.of(members);

    @Test
    void a_revoked_key_neither_votes_nor_pauses_nor_resumes_once_its_node_has_another() {
        AllianceId id = world.found(new Contracts(members), members);
        world.accept(beta.agentSigned(new Change.FlowPaused(id, Contracts.FLOW, beta.id(), 0)));
        Change.ActProposed suspend = act(id, Act.SUSPEND);
        world.accept(alpha.agentSigned(suspend));
        world.accept(beta.agentRevoked());
        world.accept(renewed(beta, Member.freshSigner()));

        refused(vote(suspend, beta.byAgent(suspend.subject())), Fault.OUTDATED);
        refused(
                beta.agentSigned(new Change.FlowResumed(id, Contracts.FLOW, beta.id(), 1)),
                Fault.OUTDATED);
        world.accept(renewed(alpha, Member.freshSigner()));
        refused(
                alpha.agentSigned(new Change.FlowPaused(id, Contracts.FLOW, alpha.id(), 0)),
                Fault.OUTDATED);
    }

    @Test
    void a_renewal_with_another_key_takes_the_nodes_votes_back_and_one_with_the_same_does_not() {
        AllianceId id = world.found(new Contracts(members), members);
        Change.ActProposed suspend = act(id, Act.SUSPEND);
        world.accept(alpha.agentSigned(suspend));
        world.vote(suspend, alpha.byAgent(suspend.subject()));
        world.accept(renewed(alpha, alpha.agentKey()));
        assertThat(world.registry().proposal(suspend.subject()).orElseThrow().votes()).hasSize(1);

        world.accept(renewed(alpha, Member.freshSigner(), 1));

        assertThat(world.registry().proposal(suspend.subject()).orElseThrow().votes()).isEmpty();
        world.vote(suspend, beta.byAgent(suspend.subject()));
        assertThat(charter(id).standing()).isEqualTo(Standing.ACTIVE);
    }

    @Test
    void a_renewal_with_another_key_closes_the_records_that_list_the_old_one() {
        Change.RecordProposed founding = new Contracts(members).proposal();
        world.accept(alpha.agentSigned(founding));
        world.vote(founding, alpha.byRoot(founding.subject()));
        world.vote(founding, beta.byRoot(founding.subject()));
        world.accept(renewed(gamma, gamma.agentKey()));
        assertThat(world.registry().proposal(founding.subject())).isPresent();

        world.accept(renewed(gamma, Member.freshSigner(), 1));

        assertThat(world.registry().proposal(founding.subject())).isEmpty();
        refused(vote(founding, gamma.byRoot(founding.subject())), Fault.OUTDATED);
    }

    @Test
    void a_revocation_closes_the_records_that_list_the_key() {
        Change.RecordProposed founding = new Contracts(members).proposal();
        world.accept(alpha.agentSigned(founding));
        world.accept(gamma.agentRevoked());
        assertThat(world.registry().proposal(founding.subject())).isEmpty();
    }

    @Test
    void a_record_that_lists_an_agent_without_a_certificate_does_not_begin() {
        Change.RecordProposed founding = new Contracts(members).proposal();
        Certificate ending =
                gamma.identity("agent", gamma.agentKey(), Member.NOW.minus(Duration.ofDays(360)));
        world.accept(
                gamma.agentSigned(
                        new Change.NodeRenewed(ending.der(), gamma.chains(), gamma.roles(), 0)));
        world.accept(alpha.agentSigned(founding));
        world.vote(founding, alpha.byRoot(founding.subject()));
        world.vote(founding, beta.byRoot(founding.subject()));
        world.at(ending.notAfter().plusSeconds(1));
        assertThat(fault(world.check(vote(founding, gamma.byRoot(founding.subject())))))
                .isEqualTo(Fault.CERTIFICATE_EXPIRED);
    }

    @Test
    void the_brake_of_an_organisation_that_owns_neither_chain_any_more_does_not_count() {
        AllianceId id = world.found(new Contracts(members), members);
        world.accept(beta.agentSigned(new Change.FlowPaused(id, Contracts.FLOW, beta.id(), 0)));
        Contracts withoutBeta = new Contracts(List.of(alpha, gamma)).version(2);
        Change.RecordProposed next = withoutBeta.proposalAfter(charter(id).record());
        world.accept(alpha.agentSigned(next));
        members.forEach(member -> {
            if (world.registry().proposal(next.subject()).isPresent()) {
                world.vote(next, member.byAgent(next.subject()));
            }
        });
        assertThat(charter(id).record().epoch()).isEqualTo(1);
        assertThat(charter(id).isParty(beta.id())).isFalse();
        assertThat(charter(id).pausedBy(Contracts.FLOW)).isEmpty();
        assertThat(charter(id).isRunning(Contracts.FLOW)).isTrue();
    }

    private Change.ActProposed act(AllianceId id, Act act) {
        return new Change.ActProposed(id, charter(id).terms().digest(), charter(id).acts(), act);
    }

    private static SignedChange vote(Change.Proposed proposal, Approval approval) {
        return SignedChange.of(new Change.Approved(proposal.subject(), approval));
    }

    private static SignedChange renewed(Member member, Signer key) {
        return renewed(member, key, 0);
    }

    private static SignedChange renewed(Member member, Signer key, int number) {
        Change change =
                new Change.NodeRenewed(
                        member.identity("agent", key, Member.NOW).der(),
                        member.chains(),
                        member.roles(),
                        number);
        return SignedChange.of(
                change, Approval.by(new Approver.Node(member.agent()), key, change.digest()));
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
