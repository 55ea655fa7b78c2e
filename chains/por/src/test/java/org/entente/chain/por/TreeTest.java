package org.entente.chain.por;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.light.fixture.Party;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// The longest branch counts, of two as long the one that was here first, and what is final stays
/// (docs/chains/por.md §5).
final class TreeTest {
    private final Home home = new Home(4);
    private final Tree tree = new Tree(home.first);

    private Tree.Change add(Placed placed) {
        return tree.add(placed);
    }

    @Test
    void of_two_branches_as_long_the_one_that_was_first_counts() {
        List<Placed> ours = home.chain(home.first, 0, 1);
        List<Placed> theirs = home.chain(home.first, 2, 3, 0);
        ours.forEach(this::add);
        add(theirs.get(0));
        assertThat(add(theirs.get(1))).isEqualTo(Tree.Change.NONE);
        assertThat(tree.best()).isEqualTo(ours.get(1));
        Tree.Change change = add(theirs.get(2));
        assertThat(change.left()).isEqualTo(ours.reversed());
        assertThat(change.joined()).isEqualTo(theirs);
        assertThat(tree.branch()).isEqualTo(theirs);
    }

    @Test
    void when_nothing_happens_everybody_moves_to_the_same_of_the_highest() {
        List<Placed> tips = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            tips.add(home.add(home.first, node));
        }
        Digest least = tips.stream().map(Placed::hash).min(Digest::compareTo).orElseThrow();
        for (Placed first : tips) {
            Tree other = new Tree(home.first);
            other.add(first);
            tips.forEach(other::add);
            assertThat(other.best()).isEqualTo(first);
            other.agree();
            assertThat(other.best().hash()).isEqualTo(least);
            assertThat(other.agree()).isEqualTo(Tree.Change.NONE);
        }
    }

    @Test
    void a_block_becomes_final_below_six_of_three_makers_and_no_branch_goes_below_it() {
        List<Placed> chain = home.chain(home.first, 0, 1, 0, 1, 0, 1, 0, 2);
        List<Placed> beside = home.chain(home.first, 3, 2);
        beside.forEach(this::add);
        for (Placed each : chain.subList(0, 7)) {
            assertThat(add(each).settled()).isEmpty();
        }
        assertThat(add(chain.get(7)).settled()).isEqualTo(chain.subList(0, 2));
        assertThat(tree.last()).isEqualTo(chain.get(1));
        assertThat(tree.find(beside.get(1).hash())).isEmpty();
        assertThat(tree.find(home.first.hash())).isEmpty();
        assertThat(tree.stale()).isEqualTo(2);
    }

    /// Random trees: the state behind the best block is that of a node that never saw another one.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothing_is_left_of_a_branch_that_was_left(long seed) {
        Random random = new Random(seed);
        TreeMap<Digest, Placed> known = new TreeMap<>();
        List<Placed> all = new ArrayList<>(List.of(home.first));
        for (int count = 0; count < 25; count++) {
            Placed parent = all.get(all.size() - 1 - random.nextInt(Math.min(4, all.size())));
            int node = random.nextInt(4);
            boolean isMember = parent.link().rules().member(Party.account(node).key()).isPresent();
            if (!isMember || tree.find(parent.hash()).isEmpty()) {
                continue;
            }
            String key = random.nextInt(3) + "";
            Placed next = home.add(parent, node, Home.action(parent, Home.CLIENT, Home.put(key)));
            known.put(next.hash(), next);
            all.add(next);
            add(next);
            assertThat(tree.best().ledger().state().root())
                    .isEqualTo(alone(way(tree.best(), known)));
        }
    }

    /// The blocks from block 0 to one.
    private static List<PorBlock> way(Placed to, Map<Digest, Placed> known) {
        List<PorBlock> way = new ArrayList<>();
        Optional<Placed> each = Optional.of(to);
        while (each.flatMap(Placed::block).isPresent()) {
            way.addFirst(each.get().block().orElseThrow());
            each = Optional.ofNullable(known.get(each.get().parent()));
        }
        return way;
    }

    private Digest alone(List<PorBlock> way) {
        Placed tip = home.first;
        for (PorBlock block : way) {
            tip = home.judge.judge(block, tip).orThrow();
        }
        return tip.ledger().state().root();
    }
}
