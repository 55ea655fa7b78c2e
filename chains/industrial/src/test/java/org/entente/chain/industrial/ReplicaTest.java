package org.entente.chain.industrial;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.execution.Ledger;
import org.entente.light.industrial.Ballot;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One node, told what no honest peer says, and one that begins again.
final class ReplicaTest {
    private final Proposing proposing = new Proposing();
    private final Home home = proposing.home;
    private final Signer primary = proposing.primary;
    private final Signer other = proposing.other;

    @Test
    void a_proposal_that_holds_is_prepared_behind_a_promise() {
        Ledger.Made made = home.makeBy(primary, home.evidence());
        Replica replica =
                new Replica(Home.self(other), home.tip(), Optional.empty(), Proposing.NOW);
        List<Step> steps =
                proposing.told(replica, proposing.proposal(made, Optional.empty()), made);
        assertThat(Proposing.said(steps)).containsExactly(Ballot.Phase.PREPARE);
        assertThat(steps.get(steps.size() - 2)).isInstanceOf(Step.Promise.class);
    }

    @Test
    void who_begins_again_repeats_its_word_and_says_no_other() {
        Ledger.Made made = home.makeBy(primary, home.evidence());
        Ledger.Made another = home.makeBy(primary, home.evidence(), Proposing.WORK);
        Pledge pledge = Pledge.begun(Proposing.TURN).preparing(made.header().digest());
        Replica one = new Replica(Home.self(other), home.tip(), Optional.of(pledge), Proposing.NOW);
        assertThat(
                        Proposing.said(
                                proposing.told(
                                        one,
                                        proposing.proposal(another, Optional.empty()),
                                        another)))
                .isEmpty();
        Replica same =
                new Replica(Home.self(other), home.tip(), Optional.of(pledge), Proposing.NOW);
        assertThat(
                        Proposing.said(
                                proposing.told(
                                        same, proposing.proposal(made, Optional.empty()), made)))
                .containsExactly(Ballot.Phase.PREPARE);
    }

    @Test
    void a_proof_that_nobody_claims_excuses_no_block() {
        Ledger.Made foreign = home.makeBy(other, home.evidence());
        Prepared none = new Prepared(Proposing.TURN, foreign.header().digest(), List.of());
        Replica replica =
                new Replica(Home.self(other), home.tip(), Optional.empty(), Proposing.NOW);
        List<Step> steps =
                proposing.told(replica, proposing.proposal(foreign, Optional.of(none)), foreign);
        assertThat(steps).hasAtLeastOneElementOfType(Step.Blame.class);
        assertThat(Proposing.said(steps)).isEmpty();
    }

    @Test
    void a_block_that_is_not_the_primarys_own_ends_the_view() {
        Ledger.Made foreign = home.makeBy(other, home.evidence());
        Replica replica =
                new Replica(Home.self(other), home.tip(), Optional.empty(), Proposing.NOW);
        List<Step> steps =
                proposing.told(replica, proposing.proposal(foreign, Optional.empty()), foreign);
        assertThat(Proposing.said(steps)).isEmpty();
        assertThat(replica.view()).isEqualTo(1);
    }

    @Test
    void who_lost_its_pledge_says_nothing_of_the_next_height_and_seals_above_it() {
        Ledger.Made made = home.makeBy(primary, home.evidence());
        Replica replica = Replica.silent(Home.self(other), home.tip(), Proposing.NOW);
        List<Step> steps =
                proposing.told(replica, proposing.proposal(made, Optional.empty()), made);
        steps.addAll(replica.on(new Event.Tick(), Proposing.NOW.plusSeconds(60)));
        assertThat(steps).noneMatch(Step.Promise.class::isInstance);
        home.settle(made, 0, 0, 1, 2);
        Block block = made.block(home.tip().head());
        List<Step> followed =
                replica.on(
                        new Event.Heard(primary.key(), new Message.Blocks(List.of(block))),
                        Proposing.NOW);
        assertThat(followed).hasAtLeastOneElementOfType(Step.Execute.class);
        replica.on(new Event.Executed(made.header().digest(), Parsed.of(made)), Proposing.NOW);
        assertThat(replica.tip().height()).isEqualTo(1);
        assertThat(replica.on(new Event.Tick(), Proposing.NOW.plusSeconds(60)))
                .hasAtLeastOneElementOfType(Step.Promise.class);
    }

    @Test
    void a_block_that_fits_no_message_ends_the_view() {
        Action[] much = new Action[5];
        Arrays.fill(
                much,
                new Action.Put(
                        Bytes.utf8("key"),
                        Optional.empty(),
                        Bytes.copyOf(new byte[Body.TRANSACTIONS_SIZE_BYTES_MAX / 5 + 1])));
        Ledger.Made made = home.makeBy(primary, home.evidence(), much);
        Replica replica =
                new Replica(Home.self(other), home.tip(), Optional.empty(), Proposing.NOW);
        List<Step> steps =
                proposing.told(replica, proposing.proposal(made, Optional.empty()), made);
        assertThat(Proposing.said(steps)).isEmpty();
        assertThat(replica.view()).isEqualTo(1);
    }
}
