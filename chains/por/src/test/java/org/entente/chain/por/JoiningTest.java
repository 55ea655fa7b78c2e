package org.entente.chain.por;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.CertifiedHeader;
import org.entente.chain.state.Item;
import org.entente.chain.state.Position;
import org.entente.chain.state.State;
import org.entente.chain.state.StateKey;
import org.entente.chain.state.StatePart;
import org.entente.light.NodeKey;
import org.entente.light.fixture.Played;
import org.entente.light.por.Following;
import org.entente.light.por.Rules;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// A node comes by a state of nodes that it does not trust (docs/chains/por.md §5.9).
final class JoiningTest {
    private static final int BLOCKS = 40;
    private static final Instant NOW = Home.BEGIN.plusSeconds(1_000);

    private final Home home = new Home(4);

    /// Each writes a key, so that a state of several parts can be played with few items.
    private final List<Placed> chain = chain();

    private final Joining joining =
            new Joining(new Following(home.judge.headers(), home.first.link()), NOW);
    private final List<CertifiedHeader> kept = new ArrayList<>();
    private final List<NodeKey> blamed = new ArrayList<>();
    private final List<NodeKey> asked = new ArrayList<>();
    private Optional<Joining.Step> end = Optional.empty();

    /// Who is there and never answers.
    private final List<NodeKey> silent = new ArrayList<>();

    /// What each peer answers, by its key.
    private final TreeMap<NodeKey, UnaryOperator<Message>> peers = new TreeMap<>();

    private List<Placed> chain() {
        List<Placed> made = new ArrayList<>();
        Placed tip = home.first;
        for (int height = 1; height <= BLOCKS; height++) {
            tip =
                    home.add(
                            tip,
                            height % 4,
                            Home.action(tip, Home.CLIENT, Home.put("key " + height)));
            made.add(tip);
        }
        return made;
    }

    private State state(long height) {
        return chain.get((int) height - 1).ledger().state();
    }

    /// An honest node that has a state of a height, 0 none, and all blocks.
    private UnaryOperator<Message> honest(long height) {
        return honest(height, BLOCKS);
    }

    private UnaryOperator<Message> honest(long height, int blocks) {
        return question ->
                switch (question) {
                    case Message.Trace(long from) -> headers(from, blocks);
                    case Message.Seek(long wanted, Digest place)
                            when wanted == height && wanted > 0 ->
                            new Message.Part(height, part(state(height), place));
                    case Message.Seek _ -> new Message.Part(height, Optional.empty());
                    default -> throw new AssertionError(question);
                };
    }

    /// Fifteen at a time.
    private Message headers(long from, int blocks) {
        int end = (int) Math.min(blocks, from + 14);
        List<CertifiedHeader> headers =
                from > end
                        ? List.of()
                        : chain.subList((int) from - 1, end).stream()
                                .map(it -> it.ledger().head())
                                .toList();
        return new Message.Headers(headers, List.of());
    }

    /// Smaller ones than nodes show.
    private static Optional<StatePart> part(State state, Digest place) {
        return state.part(place, 4);
    }

    private NodeKey peer(String name, UnaryOperator<Message> answers) {
        NodeKey key = Played.of(name).key();
        peers.put(key, answers);
        return key;
    }

    /// Lets them talk until nothing more is asked.
    private void talk(Instant now) {
        List<Joining.Told> told = new ArrayList<>();
        peers.keySet().forEach(it -> told.add(new Joining.Told.Opened(it)));
        silent.forEach(it -> told.add(new Joining.Told.Opened(it)));
        talk(told, now);
    }

    private void talk(List<Joining.Told> first, Instant now) {
        List<Joining.Told> told = new ArrayList<>(first);
        for (int count = 0; !told.isEmpty(); count++) {
            assertThat(count).as("talk without end").isLessThan(10_000);
            for (Joining.Step step : joining.on(told.removeFirst(), now)) {
                perform(step, told);
            }
        }
    }

    private void perform(Joining.Step step, List<Joining.Told> told) {
        switch (step) {
            case Joining.Step.Say(NodeKey to, Message message) -> {
                asked.add(to);
                UnaryOperator<Message> answers = peers.get(to);
                if (answers != null) {
                    told.add(new Joining.Told.Said(to, answers.apply(message)));
                }
            }
            case Joining.Step.Blame(NodeKey to, int _, String _) -> {
                blamed.add(to);
                peers.remove(to);
                told.add(new Joining.Told.Closed(to));
            }
            case Joining.Step.Keep(List<CertifiedHeader> headers) -> kept.addAll(headers);
            case Joining.Step.Members(Rules _) -> {}
            case Joining.Step.Joined _, Joining.Step.GiveUp _ -> end = Optional.of(step);
        }
    }

    private void tick(Duration since) {
        talk(List.of(new Joining.Told.Tick()), NOW.plus(since));
    }

    private void assertJoined(long height) {
        assertThat(end).isPresent();
        assertThat(end.get()).isInstanceOf(Joining.Step.Joined.class);
        var joined = (Joining.Step.Joined) end.get();
        assertThat(joined.head()).isEqualTo(chain.get((int) height - 1).ledger().head());
        assertThat(joined.state().root()).isEqualTo(state(height).root());
        assertThat(kept)
                .hasSizeGreaterThanOrEqualTo((int) height)
                .isEqualTo(
                        chain.subList(0, kept.size()).stream()
                                .map(it -> it.ledger().head())
                                .toList());
    }

    @Test
    void headers_are_followed_up_to_the_state_that_a_peer_has_and_its_parts_fetched() {
        peer("honest", honest(30));
        talk(NOW);
        assertJoined(30);
        assertThat(blamed).isEmpty();
        assertThat(joining.on(new Joining.Told.Tick(), NOW.plusSeconds(1_000))).isEmpty();
    }

    /// Whatever part of the state, whatever lie: it is found out, and an honest one is asked.
    @Test
    void a_flipped_value_a_missing_an_added_or_another_item_is_blamed_and_another_peer_asked() {
        Item extra =
                new Item(
                        StateKey.own(Bytes.utf8("nobody wrote it")),
                        1,
                        new Position(3, 0).version(),
                        Optional.of(Bytes.utf8("x")));
        List<UnaryOperator<StatePart>> lies =
                List.of(
                        JoiningTest::flipped,
                        it -> items(it, it.items().subList(1, it.items().size())),
                        it -> items(it, List.of(extra)),
                        it -> new StatePart(it.from(), List.of(), it.items()),
                        it -> part(state(29), it.from()).orElseThrow(),
                        it -> part(state(30), it.next().orElse(Digest.ZERO)).orElseThrow());
        for (UnaryOperator<StatePart> lie : lies) {
            for (int from = 0; from < 9; from += 4) {
                new JoiningTest().foundOut(lie, from);
            }
        }
    }

    /// @param first how many parts come before the lie
    private void foundOut(UnaryOperator<StatePart> lie, int first) {
        int[] count = {0};
        UnaryOperator<Message> honest = honest(30);
        NodeKey liar =
                peer(
                        "liar",
                        question ->
                                honest.apply(question)
                                                        instanceof
                                                        Message.Part(
                                                                long height,
                                                                Optional<StatePart> part)
                                                && part.filter(it -> !it.items().isEmpty())
                                                        .isPresent()
                                                && count[0]++ >= first
                                        ? new Message.Part(height, part.map(lie))
                                        : honest.apply(question));
        talk(NOW);
        assertThat(blamed).containsExactly(liar);
        assertThat(end).isEmpty();
        NodeKey other = peer("honest", honest);
        talk(List.of(new Joining.Told.Opened(other)), NOW);
        assertJoined(30);
        assertThat(blamed).containsExactly(liar);
    }

    private static StatePart flipped(StatePart part) {
        List<Item> items = new ArrayList<>(part.items());
        Item last = items.removeLast();
        byte[] value = last.value().orElseThrow().toArray();
        value[0] ^= 1;
        items.add(
                new Item(
                        last.key(),
                        last.writes(),
                        last.version(),
                        Optional.of(Bytes.copyOf(value))));
        return items(part, items);
    }

    private static StatePart items(StatePart part, List<Item> items) {
        return new StatePart(part.from(), part.beside(), items);
    }

    @Test
    void a_state_of_a_height_that_never_becomes_final_is_found_out_by_the_headers() {
        NodeKey liar = peer("liar", honest(BLOCKS));
        talk(NOW);
        assertThat(blamed).containsExactly(liar);
        NodeKey far =
                peer(
                        "far liar",
                        question ->
                                question instanceof Message.Trace(long from)
                                        ? headers(from, BLOCKS)
                                        : new Message.Part(1_000_000, Optional.empty()));
        talk(List.of(new Joining.Told.Opened(far)), NOW);
        assertThat(blamed).containsExactly(liar, far);
        assertThat(kept).as("all that is final").hasSize(34);
        NodeKey honest = peer("honest", honest(20));
        talk(List.of(new Joining.Told.Opened(honest)), NOW);
        assertJoined(20);
    }

    @Test
    void headers_that_are_not_those_of_the_chain_are_blamed_and_what_was_followed_stays() {
        UnaryOperator<Message> honest = honest(30);
        NodeKey liar =
                peer(
                        "liar",
                        question ->
                                honest.apply(question)
                                                        instanceof
                                                        Message.Headers(
                                                                List<CertifiedHeader> headers,
                                                                List<Rules> rules)
                                                && kept.size() >= 5
                                        ? new Message.Headers(exchanged(headers), rules)
                                        : honest.apply(question));
        talk(NOW);
        assertThat(blamed).containsExactly(liar);
        int followed = kept.size();
        assertThat(followed).isPositive();
        NodeKey other = peer("honest", honest);
        talk(List.of(new Joining.Told.Opened(other)), NOW);
        assertJoined(30);
    }

    /// The header of another block under each certificate.
    private static List<CertifiedHeader> exchanged(List<CertifiedHeader> headers) {
        CertifiedHeader first = headers.getFirst();
        return headers.stream()
                .map(it -> new CertifiedHeader(first.header(), it.certificate()))
                .toList();
    }

    @Test
    void who_dies_or_goes_silent_in_the_middle_is_replaced_and_its_parts_stay() {
        UnaryOperator<Message> honest = honest(30);
        List<Message> parts = new ArrayList<>();
        NodeKey dying =
                peer(
                        "a",
                        question -> {
                            Message answer = honest.apply(question);
                            boolean part =
                                    answer instanceof Message.Part(_, var it) && !it.isEmpty();
                            if (part) {
                                parts.add(answer);
                            }
                            return part && parts.size() > 5 ? new Message.Moment(NOW) : answer;
                        });
        talk(NOW);
        assertThat(end).isEmpty();
        long here = items();
        assertThat(here).isPositive();
        tick(Duration.ofSeconds(9));
        peers.remove(dying);
        List<Message> questions = new ArrayList<>();
        NodeKey other =
                peer(
                        "b",
                        question -> {
                            questions.add(question);
                            return honest.apply(question);
                        });
        talk(List.of(new Joining.Told.Opened(other)), NOW.plusSeconds(9));
        assertThat(questions).isEmpty();
        tick(Duration.ofSeconds(11));
        assertJoined(30);
        assertThat(questions.getFirst()).isNotEqualTo(seek(30)).isInstanceOf(Message.Seek.class);
        assertThat(blamed).isEmpty();
    }

    private long items() {
        String words = joining.progress();
        return Long.parseLong(words.replaceAll(".*, (\\d+) items.*", "$1"));
    }

    @Test
    void where_the_state_is_not_served_any_longer_a_newer_one_is_taken() {
        UnaryOperator<Message> old = honest(20);
        int[] count = {0};
        peer(
                "one",
                question -> {
                    boolean moved =
                            question instanceof Message.Seek(long height, Digest _)
                                    && height > 0
                                    && count[0]++ > 3;
                    return moved || count[0] > 4 ? honest(33).apply(question) : old.apply(question);
                });
        talk(NOW);
        assertJoined(33);
        assertThat(blamed).isEmpty();
    }

    @Test
    void who_has_no_state_or_says_nothing_is_passed_over() {
        peer("none", honest(0));
        silent.add(Played.of("silent").key());
        talk(NOW);
        NodeKey some = peer("some", honest(25));
        talk(List.of(new Joining.Told.Opened(some)), NOW);
        for (int second = 1; second < 50 && end.isEmpty(); second++) {
            tick(Duration.ofSeconds(second));
        }
        assertThat(blamed).isEmpty();
        assertJoined(25);
    }

    @Test
    void when_nobody_has_a_state_it_ends_in_words() {
        peer("none", honest(0));
        talk(NOW);
        for (int second = 1; second < 60; second++) {
            tick(Duration.ofSeconds(second));
            assertThat(end).isEmpty();
        }
        assertThat(asked.size()).as("asked again, and not all the time").isBetween(10, 40);
        tick(Duration.ofSeconds(60));
        assertThat(end.orElseThrow()).isInstanceOf(Joining.Step.GiveUp.class);
    }

    /// One final header at a time, each hardly in time: after five minutes another is asked, and
    /// goes on from there.
    @Test
    void who_brings_little_at_a_time_is_left_for_another() {
        UnaryOperator<Message> honest = honest(33);
        NodeKey slow = Played.of("slow").key();
        NodeKey quick = Played.of("quick").key();
        List<Joining.Step> steps = joining.on(new Joining.Told.Opened(slow), NOW);
        joining.on(new Joining.Told.Opened(quick), NOW);
        Duration time = Duration.ZERO;
        while (steps.getLast() instanceof Joining.Step.Say(NodeKey to, Message question)
                && to.equals(slow)) {
            time = time.plusMillis(9_700);
            Message answer =
                    question instanceof Message.Trace(long from)
                            ? headers(from, (int) from + 6)
                            : honest.apply(question);
            steps = joining.on(new Joining.Told.Said(slow, answer), NOW.plus(time));
            steps.forEach(it -> perform(it, new ArrayList<>()));
            List<Joining.Step> ticked = joining.on(new Joining.Told.Tick(), NOW.plus(time));
            steps = ticked.isEmpty() ? steps : ticked;
        }
        assertThat(steps).containsExactly(new Joining.Step.Say(quick, seek(0)));
        assertThat(time).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(311));
        assertThat(kept.size()).isBetween(25, 32);
        peers.put(quick, honest);
        talk(List.of(new Joining.Told.Said(quick, honest.apply(seek(0)))), NOW.plus(time));
        assertJoined(33);
    }

    @Test
    void what_nobody_was_asked_for_is_not_taken() {
        NodeKey quiet = Played.of("silent").key();
        silent.add(quiet);
        talk(NOW);
        NodeKey stranger = Played.of("stranger").key();
        assertThat(joining.on(new Joining.Told.Said(stranger, honest(30).apply(seek(30))), NOW))
                .isEmpty();
        talk(List.of(new Joining.Told.Said(quiet, honest(30).apply(seek(30)))), NOW);
        assertThat(blamed).containsExactly(quiet);
        assertThat(kept).isEmpty();
    }

    private static Message seek(long height) {
        return new Message.Seek(height, Digest.ZERO);
    }

    /// Who repeats itself could go on for ever.
    @Test
    void a_part_that_came_before_is_not_taken_again() {
        UnaryOperator<Message> honest = honest(30);
        NodeKey liar =
                peer(
                        "liar",
                        question ->
                                question instanceof Message.Seek(long height, Digest _)
                                                && height > 0
                                        ? honest.apply(seek(height))
                                        : honest.apply(question));
        talk(NOW);
        assertThat(blamed).containsExactly(liar);
        assertThat(end).isEmpty();
    }

    @Test
    void parts_may_be_of_any_size() {
        for (int countMax : IntStream.of(1, 9, 1_000).toArray()) {
            JoiningTest test = new JoiningTest();
            UnaryOperator<Message> honest = test.honest(30);
            test.peer(
                    "one",
                    question ->
                            question instanceof Message.Seek(long height, Digest place)
                                            && height == 30
                                    ? new Message.Part(30, test.state(30).part(place, countMax))
                                    : honest.apply(question));
            test.talk(NOW);
            test.assertJoined(30);
        }
    }
}
