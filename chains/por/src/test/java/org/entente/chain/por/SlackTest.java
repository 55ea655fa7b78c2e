package org.entente.chain.por;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.light.fixture.Party;
import org.entente.light.por.Parameters;
import org.entente.light.por.Settings;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Who makes no block for twice as many blocks as there are members is none any longer, from
/// exactly then on (docs/chains/por.md §4.3).
final class SlackTest {
    private static List<VerifyingKey> members(Placed placed) {
        return placed.link().rules().members().stream().map(each -> each.account()).toList();
    }

    private static VerifyingKey key(int node) {
        return Party.account(node).key();
    }

    @Test
    void who_never_made_a_block_leaves_at_block_2n_exactly() {
        Home home = new Home(4);
        List<Placed> chain = home.chain(home.first, 0, 1, 2, 0, 1, 2, 0, 1, 2);
        assertThat(members(chain.get(6))).contains(key(3));
        assertThat(members(chain.get(7))).containsExactly(key(0), key(1), key(2));
    }

    @Test
    void one_block_within_2n_is_enough_to_stay() {
        Home home = new Home(4);
        List<Placed> chain = home.chain(home.first, 0, 1, 2, 3, 0, 1, 2, 0, 1, 2, 0, 1);
        assertThat(members(chain.get(10))).contains(key(3));
        assertThat(members(chain.get(11))).doesNotContain(key(3));
        List<Placed> back =
                home.chain(home.first, 0, 1, 2, 3, 0, 1, 2, 0, 1, 2, 0, 3, 0, 1, 2, 0, 1, 2, 0);
        assertThat(members(back.getLast())).contains(key(3));
    }

    @Test
    void those_of_one_block_leave_together_but_no_fewer_stay_than_the_least() {
        Home six = new Home(Party.settings(6, 3), Home.ANY);
        Placed tip = six.chain(six.first, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3).getLast();
        assertThat(members(tip)).containsExactly(key(0), key(1), key(2), key(3));
        Home five = new Home(Party.settings(5, 4), Home.ANY);
        tip = five.chain(five.first, 3, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1).getLast();
        assertThat(members(tip))
                .as("node 4 never made one")
                .doesNotContain(key(4))
                .contains(key(3));
    }

    @Test
    void who_has_just_joined_has_2n_blocks_of_its_own() {
        Home home = new Home(3);
        Placed tip = home.chain(home.first, 0, 1, 2, 0, 1, 2).getLast();
        Home.Told told = home.tell(tip, 0, Party.account(0), Home.propose(Home.add(3)));
        tip = home.tell(told.after(), 1, Party.account(1), told.vote(true)).after();
        tip = home.tell(tip, 2, Party.account(2), told.vote(true)).after();
        List<Placed> chain = home.chain(tip, 0, 1, 2, 0, 1, 2, 0, 1);
        assertThat(members(chain.get(6))).contains(key(3));
        assertThat(members(chain.get(7))).doesNotContain(key(3));
    }

    /// The member that leaves was the last whose consent was missing.
    @Test
    void a_removal_comes_before_a_vote_and_may_complete_it() {
        Home home = new Home(4);
        Placed tip = home.chain(home.first, 0, 1, 2, 0).getLast();
        Change.Retune retune =
                new Change.Retune(
                        new Parameters(22_000, 11_900, Parameters.Nearest.ONE_STEP_BELOW_MAX));
        Home.Told told = home.tell(tip, 1, Party.account(0), Home.propose(retune));
        tip = home.tell(told.after(), 2, Party.account(1), told.vote(true)).after();
        tip = home.tell(tip, 0, Party.account(2), told.vote(true)).after();
        assertThat(Kept.proposal(tip.ledger().state()).orElseThrow().isOpen()).isTrue();
        tip = home.add(tip, 1);
        assertThat(tip.height()).isEqualTo(8);
        assertThat(members(tip)).doesNotContain(key(3));
        assertThat(tip.link().rules().parameters()).isEqualTo(retune.parameters());
    }

    @Test
    void a_removal_of_who_has_left_is_void() {
        Home home = new Home(4);
        Placed tip = home.chain(home.first, 0, 1, 2, 0, 1, 2).getLast();
        Change remove = new Change.Remove(key(3));
        Home.Told told = home.tell(tip, 0, Party.account(0), Home.propose(remove));
        tip = home.add(told.after(), 1);
        assertThat(members(tip)).doesNotContain(key(3));
        assertThat(Kept.proposal(tip.ledger().state()).orElseThrow().stage())
                .isEqualTo(Proposal.Stage.VOID);
    }

    @Test
    void where_it_is_agreed_so_nobody_leaves() {
        Settings rule = Party.settings(4, 3);
        Home home =
                new Home(
                        new Settings(
                                rule.rules(),
                                rule.history(),
                                Settings.Slack.STAYS,
                                3,
                                rule.blockSizeBytesMax(),
                                rule.transactionCountMax(),
                                rule.skewMax()),
                        Home.ANY);
        Placed tip = home.chain(home.first, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0).getLast();
        assertThat(members(tip)).hasSize(4);
    }
}
