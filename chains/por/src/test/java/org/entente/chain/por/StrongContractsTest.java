package org.entente.chain.por;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.light.fixture.Party;
import org.entente.light.fixture.Played;
import org.entente.light.por.Member;
import org.entente.light.por.Parameters;
import org.entente.light.por.Rules;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

/// Members change their chain together, at one block, and by nothing less (docs/chains/por.md §4).
final class StrongContractsTest {
    private static final Change.Retune RETUNE =
            new Change.Retune(
                    new Parameters(22_000, 11_900, Parameters.Nearest.ONE_STEP_BELOW_MAX));

    private static Proposal proposal(Placed placed) {
        return Kept.proposal(placed.ledger().state()).orElseThrow();
    }

    private static Rules rules(Placed placed) {
        return placed.link().rules();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7})
    void a_change_takes_effect_at_the_very_block_that_has_the_last_consent(int nodes) {
        Home home = new Home(nodes);
        Home.Told told = home.tell(home.first, 0, Party.account(0), Home.propose(RETUNE));
        Placed tip = told.after();
        for (int voter = 1; voter < nodes; voter++) {
            assertThat(rules(tip)).isEqualTo(home.settings.rules());
            assertThat(proposal(tip).isOpen()).isTrue();
            tip = home.tell(tip, voter, Party.account(voter), told.vote(true)).after();
        }
        assertThat(rules(tip).parameters()).isEqualTo(RETUNE.parameters());
        assertThat(tip.by()).isEqualTo(home.settings.rules());
        assertThat(proposal(tip).stage()).isEqualTo(Proposal.Stage.EXECUTED);
        assertThat(proposal(tip).ended()).isEqualTo(tip.height());
        assertThat(home.add(tip, 0).by()).isEqualTo(rules(tip));
    }

    @Test
    void a_vote_that_one_member_misses_expires_and_changes_nothing() {
        Home home = new Home(3);
        Home.Told told = home.tell(home.first, 0, Party.account(0), Home.propose(RETUNE));
        Placed tip = home.tell(told.after(), 1, Party.account(1), told.vote(true)).after();
        long last = told.after().link().time() + 60;
        SignedTransaction vote = Home.words(tip, Party.account(2), told.vote(true));
        Placed inTime = judged(home, home.block(tip, 2, Party.node(2), last, vote), tip);
        Placed late = judged(home, home.block(tip, 2, Party.node(2), last + 1, vote), tip);
        assertThat(proposal(inTime).stage()).isEqualTo(Proposal.Stage.EXECUTED);
        assertThat(proposal(late).stage()).isEqualTo(Proposal.Stage.EXPIRED);
        assertThat(rules(late)).isEqualTo(home.settings.rules());
        assertThat(home.tell(late, 0, Party.account(1), told.vote(true)).fault())
                .isEqualTo(Fault.OUTDATED);
        assertThat(home.tell(late, 0, Party.account(0), Home.propose(RETUNE)).isDone()).isTrue();
    }

    private static Placed judged(Home home, PorBlock block, Placed parent) {
        return home.judge.judge(block, parent).orThrow();
    }

    @Test
    void a_second_proposal_waits_for_the_end_of_the_first_and_nobody_agrees_twice() {
        Home home = new Home(3);
        Home.Told told = home.tell(home.first, 0, Party.account(0), Home.propose(RETUNE));
        Home.Told second = home.tell(told.after(), 1, Party.account(1), Home.propose(RETUNE));
        assertThat(second.fault()).isEqualTo(Fault.PROPOSAL_OPEN);
        assertThat(proposal(second.after()).id()).isEqualTo(told.signed().transaction().id());
        assertThat(home.tell(told.after(), 1, Party.account(0), told.vote(true)).fault())
                .isEqualTo(Fault.ALREADY_EXISTS);
        assertThat(home.tell(told.after(), 1, Party.account(1), second.vote(true)).fault())
                .isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void one_no_ends_it() {
        Home home = new Home(3);
        Home.Told told = home.tell(home.first, 0, Party.account(0), Home.propose(RETUNE));
        Placed after = home.tell(told.after(), 1, Party.account(1), told.vote(false)).after();
        assertThat(proposal(after).stage()).isEqualTo(Proposal.Stage.REJECTED);
        assertThat(home.tell(after, 2, Party.account(2), told.vote(true)).fault())
                .isEqualTo(Fault.OUTDATED);
    }

    @Test
    void of_its_own_removal_nobody_is_asked() {
        Home home = new Home(4);
        Change remove = new Change.Remove(Party.account(3).key());
        Home.Told told = home.tell(home.first, 0, Party.account(0), Home.propose(remove));
        Home.Told no = home.tell(told.after(), 3, Party.account(3), told.vote(false));
        assertThat(no.fault()).isEqualTo(Fault.NOT_A_SIGNER);
        Placed tip = home.tell(no.after(), 1, Party.account(1), told.vote(true)).after();
        tip = home.tell(tip, 2, Party.account(2), told.vote(true)).after();
        assertThat(rules(tip).count()).isEqualTo(3);
        assertThat(Home.fault(home.judge.judge(home.block(tip, 3), tip)))
                .isEqualTo(Fault.NOT_A_SIGNER);
        assertThat(home.add(home.add(tip, 0), 1).height()).isEqualTo(tip.height() + 2);
    }

    @Test
    void what_a_stranger_says_of_a_change_makes_a_block_invalid() {
        Home home = new Home(3);
        Home.Told told = home.tell(home.first, 0, Party.account(0), Home.propose(RETUNE));
        Placed tip = told.after();
        SignedTransaction vote = Home.words(tip, Home.CLIENT, told.vote(true));
        assertThat(home.block(tip, 1, vote).transactions()).isEmpty();
        assertThat(Home.fault(home.judge.judge(forced(home, tip, vote), tip)))
                .isEqualTo(Fault.NOT_A_SIGNER);
    }

    /// A block with a transaction that an honest maker leaves out.
    private static PorBlock forced(Home home, Placed tip, SignedTransaction signed) {
        PorBlock sound = home.block(tip, 1);
        var creation = sound.creation();
        var next =
                new org.entente.light.por.Creation(
                        creation.creator(),
                        creation.height(),
                        2,
                        0,
                        creation.rules(),
                        creation.ledger());
        var header =
                new org.entente.light.por.BlockHeader(
                        1,
                        PorBlock.root(next, List.of(signed)),
                        tip.hash(),
                        sound.header().time(),
                        0);
        return Home.signed(header, next, List.of(signed), Party.node(1));
    }

    @Test
    void a_vote_of_another_chain_or_a_second_time_is_in_no_block() {
        Home home = new Home(3);
        Home.Told told = home.tell(home.first, 0, Party.account(0), Home.propose(RETUNE));
        Home.Told no = home.tell(told.after(), 1, Party.account(1), told.vote(false));
        Transaction played = no.signed().transaction();
        SignedTransaction elsewhere =
                SignedTransaction.by(
                        Party.account(1),
                        new Transaction(
                                new ChainId("por:other"), played.account(), 1, played.action()));
        assertThat(Home.fault(home.judge.judge(forced(home, no.after(), no.signed()), no.after())))
                .isEqualTo(Fault.NONCE_USED);
        assertThat(Home.fault(home.judge.judge(forced(home, no.after(), elsewhere), no.after())))
                .isEqualTo(Fault.WRONG_CHAIN);
    }

    @ParameterizedTest
    @CsvSource({"31000,21000", "30000,25000", "160001,20000", "40000,0"})
    void parameters_that_would_end_the_chain_are_not_even_voted_on(int max, int min) {
        Home home = new Home(3);
        Change change =
                new Change.Retune(new Parameters(max, min, Parameters.Nearest.ONE_STEP_BELOW_MAX));
        assertThat(home.tell(home.first, 0, Party.account(0), Home.propose(change)).fault())
                .isEqualTo(Fault.INVALID_VALUE);
    }

    @Test
    void who_joins_has_the_key_and_makes_blocks_from_the_next_one_on() {
        Home home = new Home(3);
        Change stolen = new Change.Add(Party.member(3), Home.consent(3, Party.node(2)));
        assertThat(home.tell(home.first, 0, Party.account(0), Home.propose(stolen)).fault())
                .isEqualTo(Fault.BAD_SIGNATURE);
        Home.Told told = home.tell(home.first, 0, Party.account(0), Home.propose(Home.add(3)));
        Placed tip = home.tell(told.after(), 1, Party.account(1), told.vote(true)).after();
        assertThat(Home.fault(home.judge.judge(home.block(tip, 3), tip)))
                .isEqualTo(Fault.NOT_A_SIGNER);
        tip = home.tell(tip, 2, Party.account(2), told.vote(true)).after();
        assertThat(rules(tip).member(Party.account(3).key()).orElseThrow().joined())
                .isEqualTo(tip.height());
        assertThat(home.add(tip, 3).height()).isEqualTo(tip.height() + 1);
        assertThat(home.tell(tip, 0, Party.account(3), Home.propose(RETUNE)).isDone()).isTrue();
        assertThat(home.tell(tip, 0, Party.account(0), Home.propose(Home.add(3))).fault())
                .isEqualTo(Fault.INVALID_VALUE);
    }

    @Test
    void a_new_key_signs_from_the_next_block_on_and_only_by_the_word_of_the_old_one() {
        Home home = new Home(3);
        Played next = Played.of("next");
        assertThat(rotate(home, next, Bytes.EMPTY).fault()).isEqualTo(Fault.BAD_SIGNATURE);
        assertThat(rotate(home, next, Home.consent(1, next)).fault())
                .isEqualTo(Fault.BAD_SIGNATURE);
        Home.Told told = rotate(home, next, handover(next));
        Placed tip = home.tell(told.after(), 1, Party.account(1), told.vote(true)).after();
        long time = tip.link().time() + 1;
        assertThat(Home.fault(home.judge.judge(home.block(tip, 1, next, time), tip)))
                .isEqualTo(Fault.BAD_SIGNATURE);
        tip = home.tell(tip, 2, Party.account(2), told.vote(true)).after();
        assertThat(Home.fault(home.judge.judge(home.block(tip, 1), tip)))
                .isEqualTo(Fault.BAD_SIGNATURE);
        assertThat(judged(home, home.block(tip, 1, next, time + 1), tip).height()).isEqualTo(4);
    }

    private static Bytes handover(Played next) {
        return Party.node(1).sign(Member.consent(Home.CHAIN, Party.account(1).key(), next.key()));
    }

    private static Home.Told rotate(Home home, Played next, Bytes handover) {
        Change update =
                new Change.Update(
                        Party.account(1).key(),
                        next.key(),
                        "127.0.0.1",
                        9_000,
                        Home.consent(1, next),
                        handover);
        return home.tell(home.first, 0, Party.account(0), Home.propose(update));
    }

    @Test
    void two_blocks_upon_one_are_kept_once_also_of_whom_has_another_key_now() {
        Home home = new Home(3);
        Placed tip = home.add(home.first, 0);
        PorBlock one = home.block(tip, 1);
        PorBlock other = home.block(tip, 1, Party.node(1), tip.link().time() + 2);
        Words evidence = new Words.Evidence(one.certificate(), other.certificate());
        Words nothing = new Words.Evidence(one.certificate(), one.certificate());
        assertThat(home.tell(tip, 0, Home.CLIENT, nothing).fault()).isEqualTo(Fault.INVALID_VALUE);
        PorBlock forged = home.block(tip, 1, Party.node(2), tip.link().time() + 3);
        Words lie = new Words.Evidence(one.certificate(), forged.certificate());
        assertThat(home.tell(tip, 0, Home.CLIENT, lie).fault()).isEqualTo(Fault.BAD_SIGNATURE);
        Home.Told told = home.tell(tip, 0, Home.CLIENT, evidence);
        assertThat(Kept.isDouble(told.after().ledger().state(), Party.account(1).key(), 2))
                .isTrue();
        assertThat(Kept.doubles(told.after().ledger().state(), Party.account(1).key(), 9))
                .isEqualTo(1);
        assertThat(home.tell(told.after(), 2, Home.CLIENT, evidence).fault())
                .isEqualTo(Fault.ALREADY_EXISTS);
        Played next = Played.of("next");
        Home.Told rotated = rotate(home, next, handover(next));
        Placed later = home.tell(rotated.after(), 1, Party.account(1), rotated.vote(true)).after();
        later = home.tell(later, 2, Party.account(2), rotated.vote(true)).after();
        assertThat(rules(later).member(Party.account(1).key()).orElseThrow().key())
                .isEqualTo(next.key());
        assertThat(home.tell(later, 2, Home.CLIENT, evidence).isDone()).isTrue();
    }

    @Test
    void a_validity_that_is_no_time_is_no_proposal() {
        assertThatThrownBy(() -> new Words.Propose(RETUNE, Duration.ofSeconds(59)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Words.Propose(RETUNE, Duration.ofMillis(60_001)))
                .isInstanceOf(IllegalArgumentException.class);
        Words fine = Home.propose(RETUNE);
        assertThat(Words.FORMAT.decode(Words.FORMAT.encode(fine))).isEqualTo(Parsed.of(fine));
    }
}
