package org.entente.chain.industrial;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.execution.Ledger;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One node, told what no honest peer says, and one that begins again.
final class ReplicaTest {
    private static final Action WORK =
            new Action.Put(Bytes.utf8("key"), Optional.empty(), Bytes.utf8("value"));
    private static final Turn TURN = Home.turn(1, 0);
    private static final Instant NOW = Home.BEGIN.plusMillis(5);

    private final Home home = new Home();
    private final VerifyingKey first = Kept.roster(home.tip().state(), 1).primary(1, 0);
    private final Signer primary = member(true);
    private final Signer other = member(false);

    private Signer member(boolean proposes) {
        return Keys.first(4).stream()
                .filter(each -> each.key().equals(first) == proposes)
                .findFirst()
                .orElseThrow();
    }

    private Message.Propose proposal(Ledger.Made made, Optional<Prepared> prepared) {
        Body body = new Body(made.header(), made.transactions());
        Ballot ballot = Ballot.by(primary, Ballot.Phase.PROPOSE, Home.CHAIN, TURN, body.digest());
        return new Message.Propose(ballot, body, List.of(), prepared);
    }

    /// What a node does about a proposal, its execution included.
    private List<Step> told(Replica replica, Message.Propose proposal, Ledger.Made made) {
        List<Step> steps =
                new ArrayList<>(replica.on(new Event.Heard(primary.key(), proposal), NOW));
        if (steps.stream().anyMatch(Step.Execute.class::isInstance)) {
            steps.addAll(
                    replica.on(new Event.Executed(proposal.body().digest(), Parsed.of(made)), NOW));
        }
        return steps;
    }

    private static List<Ballot.Phase> said(List<Step> steps) {
        List<Ballot.Phase> said = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Tell(var _, Message.Vote(Ballot ballot, var _))) {
                said.add(ballot.phase());
            }
        }
        return said;
    }

    @Test
    void a_proposal_that_holds_is_prepared_behind_a_promise() {
        Ledger.Made made = home.makeBy(primary, home.evidence());
        Replica replica = new Replica(Home.self(other), home.tip(), Optional.empty(), NOW);
        List<Step> steps = told(replica, proposal(made, Optional.empty()), made);
        assertThat(said(steps)).containsExactly(Ballot.Phase.PREPARE);
        assertThat(steps.get(steps.size() - 2)).isInstanceOf(Step.Promise.class);
    }

    @Test
    void who_begins_again_repeats_its_word_and_says_no_other() {
        Ledger.Made made = home.makeBy(primary, home.evidence());
        Ledger.Made another = home.makeBy(primary, home.evidence(), WORK);
        Pledge pledge = Pledge.begun(TURN).preparing(made.header().digest());
        Replica one = new Replica(Home.self(other), home.tip(), Optional.of(pledge), NOW);
        assertThat(said(told(one, proposal(another, Optional.empty()), another))).isEmpty();
        Replica same = new Replica(Home.self(other), home.tip(), Optional.of(pledge), NOW);
        assertThat(said(told(same, proposal(made, Optional.empty()), made)))
                .containsExactly(Ballot.Phase.PREPARE);
    }

    @Test
    void a_proof_that_nobody_claims_excuses_no_block() {
        Ledger.Made foreign = home.makeBy(other, home.evidence());
        Prepared none = new Prepared(TURN, foreign.header().digest(), List.of());
        Replica replica = new Replica(Home.self(other), home.tip(), Optional.empty(), NOW);
        List<Step> steps = told(replica, proposal(foreign, Optional.of(none)), foreign);
        assertThat(steps).hasAtLeastOneElementOfType(Step.Blame.class);
        assertThat(said(steps)).isEmpty();
    }

    @Test
    void a_block_that_is_not_the_primarys_own_ends_the_view() {
        Ledger.Made foreign = home.makeBy(other, home.evidence());
        Replica replica = new Replica(Home.self(other), home.tip(), Optional.empty(), NOW);
        List<Step> steps = told(replica, proposal(foreign, Optional.empty()), foreign);
        assertThat(said(steps)).isEmpty();
        assertThat(replica.view()).isEqualTo(1);
    }
}
