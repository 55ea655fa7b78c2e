package org.entente.chain.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A state handed on part by part, each of which is checked by the root alone.
final class StatePartTest {
    private static State state(int count, int valueSizeBytes) {
        List<Item> items = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            items.add(item("key " + number, Bytes.copyOf(new byte[valueSizeBytes])));
        }
        return State.EMPTY.with(items);
    }

    private static Item item(String key, Bytes value) {
        return new Item(
                StateKey.own(Bytes.utf8(key)),
                1,
                new Position(7, 0).version(),
                value.isEmpty() ? Optional.empty() : Optional.of(value));
    }

    /// All parts, in their order.
    private static List<StatePart> parts(State state) {
        List<StatePart> parts = new ArrayList<>();
        Optional<Digest> place = Optional.of(Digest.ZERO);
        while (place.isPresent()) {
            StatePart part = state.part(place.get()).orElseThrow();
            parts.add(part);
            place = part.next();
        }
        return parts;
    }

    private static boolean holds(StatePart part, State state) {
        return part.verify(state.root()).isAccepted();
    }

    @Test
    void the_parts_of_a_state_make_it_again_and_each_holds_alone() {
        for (int count : List.of(0, 1, 2, 3, 50, 10_000)) {
            State state = state(count, count % 3);
            State again = State.EMPTY;
            List<StatePart> parts = parts(state);
            for (StatePart part : parts) {
                assertThat(holds(part, state)).isTrue();
                assertThat(part.items().size()).isLessThanOrEqualTo(StatePart.COUNT_MAX);
                again = again.with(part.items());
            }
            assertThat(again.root()).isEqualTo(state.root());
            assertThat(again.count()).isEqualTo(count);
            assertThat(parts.size()).isLessThanOrEqualTo(1 + count / 500);
        }
    }

    @Test
    void parts_of_large_items_have_fewer_of_them_and_one_alone_may_be_larger() {
        State large = state(40, 100_000);
        for (StatePart part : parts(large)) {
            int size = part.items().stream().mapToInt(it -> it.value().orElseThrow().size()).sum();
            assertThat(size).isLessThanOrEqualTo(StatePart.SIZE_BYTES_MAX);
        }
        State huge = state(3, StatePart.SIZE_BYTES_MAX + 1);
        assertThat(parts(huge)).allMatch(part -> part.items().size() <= 1);
    }

    @Test
    void a_changed_missing_added_or_moved_item_leads_to_another_root() {
        State state = state(5_000, 1);
        StatePart part = parts(state).get(1);
        List<Item> items = part.items();
        Item last = items.getLast();
        Item flipped = new Item(last.key(), 1, last.version(), Optional.of(Bytes.fromHex("01")));
        Item rewritten = new Item(last.key(), 2, last.version(), last.value());
        List<Item> missing = items.subList(0, items.size() - 1);
        assertThat(holds(part, state)).isTrue();
        assertThat(holds(with(part, missing), state)).isFalse();
        assertThat(holds(with(part, List.of()), state)).isFalse();
        for (Item lie : List.of(flipped, rewritten)) {
            List<Item> lies = new ArrayList<>(missing);
            lies.add(lie);
            assertThat(holds(with(part, lies), state)).isFalse();
        }
        List<Item> doubled = new ArrayList<>(items);
        doubled.add(last);
        assertThat(holds(with(part, doubled), state)).isFalse();
        List<Item> other = new ArrayList<>(items);
        other.add(parts(state).get(2).items().getFirst());
        assertThat(holds(with(part, other), state)).isFalse();
        assertThat(holds(with(part, items.reversed()), state)).isFalse();
        assertThat(part.verify(state(5_001, 1).root()).isAccepted()).isFalse();
    }

    /// An item that nobody wrote and whose place is among those of the part.
    @Test
    void an_item_that_nobody_wrote_is_in_no_part() {
        State state = state(5_000, 1);
        StatePart part = parts(state).getFirst();
        Item extra =
                IntStream.range(0, 10_000)
                        .mapToObj(number -> item("extra " + number, Bytes.EMPTY))
                        .filter(it ->
                                SparseTree.shareWay(
                                        part.from(), it.key().index(), part.beside().size()))
                        .findFirst()
                        .orElseThrow();
        List<Item> more = new ArrayList<>(part.items());
        more.add(extra);
        more.sort(Comparator.comparing(it -> it.key().index()));
        assertThat(holds(with(part, more), state)).isFalse();
    }

    @Test
    void a_part_begins_where_a_subtree_does_and_nowhere_else() {
        State state = state(5_000, 1);
        StatePart part = parts(state).get(1);
        assertThat(state.part(Digest.of(Bytes.utf8("anywhere")))).isEmpty();
        Digest zero = Digest.ZERO;
        assertThat(holds(new StatePart(zero, part.beside(), part.items()), state)).isFalse();
        byte[] within = part.from().bytes().toArray();
        within[Digest.SIZE_BYTES - 1] = 1;
        Digest inside = new Digest(Bytes.copyOf(within));
        assertThat(holds(new StatePart(inside, part.beside(), part.items()), state)).isFalse();
        List<Digest> longer = new ArrayList<>(part.beside());
        longer.addFirst(zero);
        assertThat(holds(new StatePart(part.from(), longer, part.items()), state)).isFalse();
        List<Digest> shorter = part.beside().subList(1, part.beside().size());
        assertThat(holds(new StatePart(part.from(), shorter, part.items()), state)).isFalse();
    }

    private static StatePart with(StatePart part, List<Item> items) {
        return new StatePart(part.from(), part.beside(), items);
    }
}
