package org.entente.chain.por;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.light.NodeKey;
import org.entente.light.fixture.Party;
import org.entente.light.fixture.Played;
import org.entente.light.por.Difficulty;
import org.entente.light.por.Parameters;
import org.entente.light.por.Work;
import org.entente.protocol.Fault;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What becomes of members that want more than their turn (docs/threat-model.md §7). Attacks that
/// other tests are about anyway have theirs there.
class AttacksTest {
    private static final NodeKey PEER = Played.of("peer").key();
    private static final Instant NOW = Home.BEGIN.plusSeconds(60);

    private final Home home = new Home(4);

    @Test
    void a_removed_member_makes_no_blocks_until_all_have_taken_it_back() {
        Placed tip = home.chain(home.first, 0, 1, 2, 0, 1, 2, 0, 1).getLast();
        assertThat(tip.link().rules().member(Party.account(3).key())).isEmpty();
        assertThat(Home.fault(home.judge.judge(home.block(tip, 3), tip)))
                .isEqualTo(Fault.NOT_A_SIGNER);
        Home.Told told = home.tell(tip, 2, Party.account(0), Home.propose(Home.add(3)));
        tip = home.tell(told.after(), 0, Party.account(1), told.vote(true)).after();
        assertThat(Home.fault(home.judge.judge(home.block(tip, 3), tip)))
                .isEqualTo(Fault.NOT_A_SIGNER);
        tip = home.tell(tip, 1, Party.account(2), told.vote(true)).after();
        assertThat(home.add(tip, 3).height()).isEqualTo(tip.height() + 1);
    }

    /// By its key of before, and by a new one that nobody agreed to.
    @Test
    void a_member_signs_with_the_key_that_it_has_at_that_height_only() {
        Placed tip = home.chain(home.first, 0, 1, 2, 3).getLast();
        Played next = Played.of("another key of node 1");
        assertThat(
                        Home.fault(
                                home.judge.judge(
                                        home.block(tip, 1, next, NOW.getEpochSecond()), tip)))
                .isEqualTo(Fault.BAD_SIGNATURE);
        Change update =
                new Change.Update(
                        Party.account(1).key(),
                        next.key(),
                        "127.0.0.1",
                        8_001,
                        Home.consent(1, next),
                        Home.consentBy(Party.node(1), 1, next));
        Home.Told told = home.tell(tip, 0, Party.account(1), Home.propose(update));
        tip = told.after();
        for (int voter : new int[] {0, 2, 3}) {
            tip = home.tell(tip, voter, Party.account(voter), told.vote(true)).after();
        }
        long time = tip.link().time() + 1;
        assertThat(Home.fault(home.judge.judge(home.block(tip, 1, Party.node(1), time), tip)))
                .isEqualTo(Fault.BAD_SIGNATURE);
        assertThat(home.judge.judge(home.block(tip, 1, next, time), tip).verdict().isAccepted())
                .isTrue();
    }

    /// It has to search more than 16 times as long for its second block as the others for theirs.
    @Test
    void who_withholds_a_block_can_hardly_build_upon_it() {
        for (int nodes : new int[] {4, 5}) {
            Difficulty difficulty =
                    new Difficulty(
                            nodes,
                            new Parameters(40_700, 30_600, Parameters.Nearest.ONE_STEP_BELOW_MAX));
            BigInteger own = Work.HASHED.target(difficulty, List.of(1, nodes + 1));
            BigInteger others = Work.HASHED.target(difficulty, List.of(nodes, 2 * nodes));
            assertThat(others.divide(own)).isGreaterThan(BigInteger.valueOf(16));
        }
    }

    /// The very transactions, and the vote signed anew for what is over.
    @Test
    void old_proposals_and_votes_say_nothing_a_second_time() {
        Change retune =
                new Change.Retune(
                        new Parameters(22_000, 11_900, Parameters.Nearest.ONE_STEP_BELOW_MAX));
        Home.Told told = home.tell(home.first, 0, Party.account(0), Home.propose(retune));
        Home.Told no = home.tell(told.after(), 1, Party.account(1), told.vote(false));
        Placed tip = no.after();
        for (SignedTransaction old : List.of(told.signed(), no.signed())) {
            assertThat(home.block(tip, 2, old).transactions()).isEmpty();
        }
        assertThat(home.tell(tip, 2, Party.account(2), told.vote(true)).fault())
                .isEqualTo(Fault.OUTDATED);
        Home.Told again = home.tell(tip, 2, Party.account(0), Home.propose(retune));
        assertThat(again.isDone()).isTrue();
        assertThat(again.signed().transaction().id())
                .isNotEqualTo(told.signed().transaction().id());
        Transaction before = told.signed().transaction();
        assertThat(before.nonce()).isLessThan(again.signed().transaction().nonce());
    }

    /// Who has just joined made no block of the last 2n, so the first costs it nothing.
    @Test
    void of_a_newcomers_free_blocks_two_are_taken_and_the_next_ones_are_no_longer_free() {
        Placed tip = home.chain(home.first, 0, 1, 2, 3).getLast();
        Home.Told told = home.tell(tip, 0, Party.account(0), Home.propose(Home.add(4)));
        tip = told.after();
        for (int voter : new int[] {1, 2, 3}) {
            tip = home.tell(tip, voter, Party.account(voter), told.vote(true)).after();
        }
        assertThat(target(tip)).isEqualTo(Difficulty.NONE);
        Watch watch =
                new Watch(
                        home.judge,
                        Home.habits(0),
                        Party.account(0).key(),
                        Signers.only(Party.node(0)),
                        tip,
                        NOW);
        List<Step> steps = new ArrayList<>();
        PorBlock first = home.block(tip, 4);
        steps.addAll(sent(watch, first));
        for (int count = 1; count < 50; count++) {
            long time = tip.link().time() + 1 + count;
            steps.addAll(sent(watch, home.block(tip, 4, Party.node(4), time)));
        }
        assertThat(steps.stream().filter(Step.Keep.class::isInstance)).hasSize(2);
        Placed after = home.judge.judge(first, tip).orThrow();
        assertThat(target(after)).isLessThan(Difficulty.NONE.shiftRight(3));
    }

    private static BigInteger target(Placed tip) {
        var rules = tip.link().rules();
        return rules.difficulty()
                .target(tip.link().window().distances(Party.account(4).key(), rules.count()));
    }

    private static List<Step> sent(Watch watch, PorBlock block) {
        return watch.on(new Event.Sent(PEER, List.of(block.bytes())), NOW);
    }
}
