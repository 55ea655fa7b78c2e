package org.entente.chain.industrial;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.AlertType;
import org.entente.chain.industrial.register.alert.Lookout;
import org.entente.light.industrial.Ballot;
import org.entente.protocol.Bytes;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What blocks show of members is heard of, from the blocks alone.
final class LookoutTest {
    private final Home home = new Home();
    private final Lookout lookout = new Lookout(Home.genesis());
    private final List<Block> blocks = new ArrayList<>();

    private List<Alert> block(Words.Evidence evidence, int view, Integer... committing) {
        Ledger.Made made = home.make(evidence);
        home.settle(made, view, committing);
        Block block = made.block(home.tip().head());
        blocks.add(block);
        return lookout.on(block);
    }

    private List<Alert> block(int view, Integer... committing) {
        return block(home.evidence(), view, committing);
    }

    @Test
    void a_block_agreed_on_late_is_told_with_its_view() {
        assertThat(block(2, 0, 1, 2, 3)).isEmpty();
        assertThat(block(0, 0, 1, 2, 3))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.type()).isEqualTo(AlertType.VIEW_CHANGE);
                    assertThat(alert.level()).contains(2L);
                    assertThat(alert.place()).isEqualTo(new Alert.Place(2, 0, 0));
                });
    }

    @Test
    void a_member_that_misses_too_often_is_told_as_offline_at_the_end_of_a_block() {
        List<Alert> told = new ArrayList<>();
        for (int count = 0; count < 6; count++) {
            told.addAll(block(0, 0, 1, 2));
        }
        assertThat(told)
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.type()).isEqualTo(AlertType.NODE_OFFLINE);
                    assertThat(alert.subject()).isEqualTo(Home.member(3).key().toString());
                    assertThat(alert.place()).isEqualTo(new Alert.Place(6, 1, 0));
                });
    }

    @Test
    void who_contradicts_itself_is_told_as_banned_and_low() {
        Ledger.Made other =
                home.make(
                        new Words.Evidence(home.certificate(), List.of(), List.of(), List.of()),
                        new Action.Put(Bytes.utf8("k"), Optional.empty(), Bytes.EMPTY));
        Ledger.Made one = home.make(home.evidence());
        block(0, 0, 1, 2, 3);
        Equivocation lie =
                new Equivocation(
                        Home.ballot(3, Ballot.Phase.PREPARE, Home.turn(1, 0), one),
                        Home.ballot(3, Ballot.Phase.PREPARE, Home.turn(1, 0), other));
        assertThat(
                        block(
                                new Words.Evidence(
                                        home.certificate(), List.of(), List.of(), List.of(lie)),
                                0,
                                0,
                                1,
                                2,
                                3))
                .extracting(Alert::type)
                .containsExactly(AlertType.NODE_BANNED, AlertType.REPUTATION_LOW);
    }

    @Test
    void whoever_takes_the_blocks_later_hears_the_same() {
        List<Alert> told = new ArrayList<>();
        for (int count = 0; count < 10; count++) {
            told.addAll(block(count % 2, 0, 1, 2));
        }
        assertThat(told).isNotEmpty();
        Lookout later = new Lookout(Home.genesis());
        assertThat(blocks.stream().flatMap(each -> later.on(each).stream()).toList())
                .isEqualTo(told);
    }
}
