package org.entente.chain.por;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.light.NodeKey;
import org.entente.light.NodeSigner;
import org.entente.light.fixture.Party;
import org.entente.light.fixture.Played;
import org.entente.light.por.Certificate;
import org.entente.light.por.Settings;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a node does about what it is told (docs/chains/por.md §5 and §6).
final class WatchTest {
    private static final NodeKey PEER = Played.of("peer").key();
    private static final Waiting NOTHING = (_, _, _) -> List.of();
    private static final Instant NOW = Home.BEGIN.plusSeconds(5);

    private final Home home = new Home(4);
    private Watch watch = watch(0, home.first, Home.habits(0));

    private Watch watch(int node, Placed last, Habits habits) {
        return watch(node, last, habits, Signers.only(Party.node(node)));
    }

    private Watch watch(int node, Placed last, Habits habits, Signers signers) {
        return new Watch(home.judge, habits, Party.account(node).key(), signers, last, NOW);
    }

    private List<Step> sent(PorBlock... blocks) {
        return watch.on(new Event.Sent(PEER, Stream.of(blocks).map(PorBlock::bytes).toList()), NOW);
    }

    private List<Step> sent(List<Placed> blocks) {
        return sent(blocks.stream().map(it -> it.block().orElseThrow()).toArray(PorBlock[]::new));
    }

    private static <T extends Step> List<T> only(Class<T> kind, List<Step> steps) {
        return steps.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private Optional<Template> work(Instant now) {
        return watch.work(Optional.empty(), NOTHING, now);
    }

    @Test
    void a_block_is_kept_before_anybody_is_told() {
        List<Step> steps = sent(home.block(home.first, 1));
        assertThat(steps.get(0)).isInstanceOf(Step.Keep.class);
        assertThat(steps.get(1)).isInstanceOf(Step.Tell.class);
        assertThat(only(Step.Moved.class, steps)).hasSize(1);
        Template template = work(NOW.plusSeconds(3)).orElseThrow();
        List<Step> own = watch.on(new Event.Found(template, 0), NOW.plusSeconds(3));
        assertThat(own.get(0)).isInstanceOf(Step.Keep.class);
        assertThat(((Step.Tell) own.get(1)).message()).isInstanceOf(Message.Blocks.class);
    }

    @Test
    void of_many_blocks_of_one_maker_upon_one_two_are_passed_on_and_told_of() {
        List<Step> steps = new ArrayList<>();
        List<PorBlock> twins = new ArrayList<>();
        for (int count = 0; count < 5; count++) {
            twins.add(home.block(home.first, 1, Party.node(1), home.first.link().time() + count));
        }
        twins.forEach(each -> steps.addAll(sent(each)));
        assertThat(only(Step.Tell.class, steps)).hasSize(2);
        assertThat(only(Step.Expose.class, steps)).hasSize(1);
        assertThat(sent(twins.get(2), twins.get(3), twins.get(4))).isEmpty();
        Placed third = home.judge.judge(twins.get(2), home.first).orThrow();
        PorBlock upon = home.block(third, 2);
        assertThat(only(Step.Keep.class, sent(twins.get(2), upon))).hasSize(2);
        assertThat(watch.tree().best().hash()).isEqualTo(upon.hash());
    }

    @Test
    void a_block_from_the_future_is_held_until_its_time_has_come() {
        long time = NOW.getEpochSecond() + 7;
        PorBlock early = home.block(home.first, 1, Party.node(1), time);
        PorBlock unsigned = home.block(home.first, 1, Party.node(2), time);
        assertThat(sent(early)).isEmpty();
        assertThat(only(Step.Blame.class, sent(unsigned))).hasSize(1);
        assertThat(watch.on(new Event.Tick(), NOW.plusSeconds(1))).isEmpty();
        assertThat(only(Step.Keep.class, watch.on(new Event.Tick(), NOW.plusSeconds(2))))
                .hasSize(1);
        PorBlock never = home.block(home.first, 2, Party.node(2), time + 3_600);
        assertThat(sent(never)).isEmpty();
        assertThat(watch.on(new Event.Tick(), NOW.plusSeconds(62))).isEmpty();
        assertThat(watch.on(new Event.Tick(), NOW.plusSeconds(4_000))).isEmpty();
    }

    @Test
    void what_was_found_too_late_or_twice_is_let_go() {
        Template template = work(NOW.plusSeconds(3)).orElseThrow();
        assertThat(only(Step.Keep.class, watch.on(new Event.Found(template, 0), NOW))).hasSize(1);
        assertThat(watch.on(new Event.Found(template, 1), NOW)).isEmpty();
        watch = watch(0, home.first, Home.habits(0));
        Template late = work(NOW.plusSeconds(3)).orElseThrow();
        sent(home.block(home.first, 1));
        assertThat(watch.on(new Event.Found(late, 0), NOW)).isEmpty();
    }

    @Test
    void a_node_that_begins_again_makes_no_second_block_upon_one() {
        Template template = work(NOW.plusSeconds(3)).orElseThrow();
        List<Step> steps = watch.on(new Event.Found(template, 0), NOW);
        PorBlock own = only(Step.Keep.class, steps).getFirst().block().block().orElseThrow();
        watch = watch(0, home.first, Home.habits(0));
        watch.remember(own, NOW);
        assertThat(watch.tree().best().hash()).isEqualTo(own.hash());
        assertThat(work(NOW.plusSeconds(3)).orElseThrow().parent().hash()).isEqualTo(own.hash());
    }

    @Test
    void of_blocks_as_high_the_one_kept_first_is_first_again() {
        PorBlock one = home.block(home.first, 1);
        PorBlock other = home.block(home.first, 2);
        sent(one);
        sent(other);
        Watch again = watch(0, home.first, Home.habits(0));
        again.remember(one, NOW);
        again.remember(other, NOW);
        assertThat(again.tree().best().hash()).isEqualTo(one.hash());
        assertThat(watch.tree().best().hash()).isEqualTo(one.hash());
    }

    @Test
    void when_all_nonces_were_tried_the_next_block_is_another() {
        Instant later = NOW.plusSeconds(3);
        Template first = work(later).orElseThrow();
        watch.on(new Event.Exhausted(first), later);
        Template next = watch.work(Optional.of(first), NOTHING, later).orElseThrow();
        assertThat(next.creation().attempt()).isEqualTo(1);
        assertThat(next.header().root()).isNotEqualTo(first.header().root());
        assertThat(watch.work(Optional.of(next), NOTHING, later)).containsSame(next);
    }

    @Test
    void a_node_rests_behind_its_own_block_until_nothing_happens_any_longer() {
        watch = watch(0, home.first, Home.habits(2));
        Instant later = NOW.plusSeconds(3);
        watch.on(new Event.Found(work(later).orElseThrow(), 0), later);
        assertThat(work(later.plusSeconds(2))).isEmpty();
        assertThat(work(later.plusSeconds(11))).isEmpty();
        assertThat(work(later.plusSeconds(13))).isPresent();
    }

    @Test
    void without_anything_to_do_no_block_is_made_but_now_and_then() {
        assertThat(work(NOW.plusMillis(1_900))).isEmpty();
        assertThat(work(NOW.plusMillis(2_000))).isPresent();
        Waiting one = (_, _, _) -> List.of(Home.action(home.first, Home.CLIENT, Home.put("a")));
        assertThat(watch.work(Optional.empty(), one, NOW.plusMillis(400))).isEmpty();
        assertThat(watch.work(Optional.empty(), one, NOW.plusMillis(500))).isPresent();
    }

    @Test
    void who_is_no_member_or_has_another_key_makes_no_blocks() {
        watch = watch(5, home.first, Home.habits(0));
        assertThat(work(NOW.plusSeconds(3))).isEmpty();
        watch =
                new Watch(
                        home.judge,
                        Home.habits(0),
                        Party.account(0).key(),
                        Signers.only(Party.node(1)),
                        home.first,
                        NOW);
        assertThat(work(NOW.plusSeconds(3))).isEmpty();
    }

    /// The members agree on another key for node 0; then a longer branch knows nothing of that.
    @Test
    void a_node_signs_with_the_key_that_the_branch_names_and_with_none_that_it_lacks() {
        Played before = Party.node(0);
        Played next = Played.of("next");
        List<Placed> agreed = agreed(next, before);
        Signers both =
                key ->
                        Stream.<NodeSigner>of(before, next)
                                .filter(it -> it.key().equals(key))
                                .findFirst();
        watch = watch(0, home.first, Home.habits(0), both);
        Watch lacking = watch(0, home.first, Home.habits(0), Signers.only(before));
        sent(agreed);
        for (Placed each : agreed) {
            lacking.remember(each.block().orElseThrow(), NOW);
        }
        Instant later = NOW.plusSeconds(3);
        assertThat(lacking.work(Optional.empty(), NOTHING, later)).isEmpty();
        Placed own = made(later);
        assertThat(signedBy(next, own)).isTrue();
        List<Placed> longer = home.chain(home.first, 1, 2, 3, 1, 2, 3);
        sent(longer);
        assertThat(watch.tree().best().hash()).isEqualTo(longer.getLast().hash());
        assertThat(signedBy(before, made(later.plusSeconds(3)))).isTrue();
    }

    /// Blocks up to the one that has the last vote.
    private List<Placed> agreed(Played next, Played before) {
        Change update =
                new Change.Update(
                        Party.account(0).key(),
                        next.key(),
                        "127.0.0.1",
                        8_000,
                        Home.consent(0, next),
                        Home.consentBy(before, 0, next));
        Home.Told told = home.tell(home.first, 1, Party.account(0), Home.propose(update));
        List<Placed> blocks = new ArrayList<>(List.of(told.after()));
        for (int voter = 1; voter < 4; voter++) {
            Placed tip = blocks.getLast();
            blocks.add(home.tell(tip, voter, Party.account(voter), told.vote(true)).after());
        }
        return blocks;
    }

    /// What the node makes now.
    private Placed made(Instant now) {
        Template template = work(now).orElseThrow();
        List<Step> steps = watch.on(new Event.Found(template, 0), now);
        PorBlock block = only(Step.Keep.class, steps).getFirst().block().block().orElseThrow();
        return home.judge.judge(block, template.parent()).orThrow();
    }

    private static boolean signedBy(Played key, Placed placed) {
        Certificate certificate = placed.block().orElseThrow().certificate();
        Bytes words = Certificate.signed(Home.CHAIN, placed.height(), certificate.hash());
        return certificate.signature().equals(key.sign(words));
    }

    @Test
    void a_longer_branch_from_below_what_is_final_is_told_of_and_ends_the_work() {
        List<Placed> ours = home.chain(home.first, 0, 1, 2, 3, 0, 1, 2, 3);
        sent(ours);
        assertThat(watch.tree().last().height()).isEqualTo(2);
        List<Placed> shorter = home.chain(home.first, 3, 2, 1);
        assertThat(only(Step.Alarm.class, sent(shorter))).isEmpty();
        assertThat(watch.isSplit()).isFalse();
        List<Placed> longer = home.chain(home.first, 3, 2, 1, 0, 3, 2, 1, 0, 3);
        assertThat(only(Step.Alarm.class, sent(longer))).hasSize(1);
        assertThat(watch.isSplit()).isTrue();
        assertThat(watch.tree().best().hash()).isEqualTo(ours.getLast().hash());
        assertThat(work(NOW.plusSeconds(100))).isEmpty();
    }

    /// All begin at once without any history: each has its own block 1, and waits.
    @Test
    void nodes_that_all_made_block_1_meet_on_one() {
        Settings rule = home.settings;
        Home empty =
                new Home(
                        new Settings(
                                rule.rules(),
                                Settings.History.NONE,
                                rule.slack(),
                                3,
                                rule.blockSizeBytesMax(),
                                rule.transactionCountMax(),
                                rule.skewMax()),
                        Home.ANY);
        List<PorBlock> blocks = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            blocks.add(empty.block(empty.first, node));
        }
        Digest least = blocks.stream().map(PorBlock::hash).min(Digest::compareTo).orElseThrow();
        for (int node = 0; node < 4; node++) {
            watch =
                    new Watch(
                            empty.judge,
                            Home.habits(2),
                            Party.account(node).key(),
                            Signers.only(Party.node(node)),
                            empty.first,
                            NOW);
            sent(blocks.get(node));
            blocks.forEach(this::sent);
            assertThat(watch.tree().best().hash()).isEqualTo(blocks.get(node).hash());
            work(NOW.plusSeconds(3));
            List<Step> steps = watch.on(new Event.Tick(), NOW.plusSeconds(14));
            assertThat(watch.tree().best().hash()).isEqualTo(least);
            assertThat(only(Step.Tell.class, steps)).hasSize(1);
        }
    }

    @Test
    void who_promises_blocks_and_brings_none_holds_a_node_up_once() {
        Instant later = NOW.plusSeconds(3);
        Digest none = Digest.of(Bytes.utf8("none"));
        List<Step> steps = watch.on(new Event.Had(PEER, 50, none), later);
        assertThat(only(Step.Say.class, steps)).hasSize(1);
        assertThat(work(later)).isEmpty();
        assertThat(watch.on(new Event.Had(PEER, 51, none), later)).isEmpty();
        Instant over = later.plusSeconds(6);
        assertThat(work(over)).isPresent();
        assertThat(watch.on(new Event.Had(PEER, 52, none), over)).hasSize(1);
        assertThat(work(over)).isPresent();
    }

    @Test
    void who_is_behind_catches_up_from_the_branch_of_another() {
        List<Placed> chain = home.chain(home.first, 0, 1, 2, 3, 0, 1, 2, 3, 0);
        Placed best = chain.getLast();
        List<Step> asked = watch.on(new Event.Had(PEER, best.height(), best.hash()), NOW);
        assertThat(asked).containsExactly(new Step.Say(PEER, new Message.Ask(1)));
        List<Step> more = sent(chain.subList(0, 5));
        assertThat(only(Step.Say.class, more))
                .containsExactly(new Step.Say(PEER, new Message.Ask(6)));
        sent(chain.subList(5, 9));
        assertThat(watch.tree().best().hash()).isEqualTo(best.hash());
        assertThat(watch.tree().last().height()).isEqualTo(3);
    }

    @Test
    void bytes_that_are_no_block_and_blocks_that_do_not_hold_are_blamed_on_the_sender() {
        List<Step> steps = watch.on(new Event.Sent(PEER, List.of(Bytes.utf8("no block"))), NOW);
        assertThat(only(Step.Blame.class, steps)).hasSize(1);
        assertThat(only(Step.Blame.class, sent(home.block(home.first, 5)))).hasSize(1);
        assertThat(watch.tree().best()).isEqualTo(home.first);
    }
}
