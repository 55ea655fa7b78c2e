package org.entente.chain.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.exchange.Version;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// Any state says of any key what it is, by its root alone, and nothing else can be made of it.
final class StateProofTest {
    private static final int KEY_COUNT = 400;
    private static final int BLOCK_COUNT = 60;

    @Test
    void each_key_is_proved_present_deleted_or_absent_after_random_blocks() {
        for (long seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            TreeMap<StateKey, Item> model = new TreeMap<>();
            State state = State.EMPTY;
            for (int block = 0; block < BLOCK_COUNT; block++) {
                state = state.with(writes(state, model, random, block));
            }
            assertThat(state.count()).isEqualTo(model.size());
            for (int number = 0; number < KEY_COUNT; number++) {
                StateKey key = key(number);
                StateProof proof = state.prove(key);
                assertThat(proof.verify(key, state.root()))
                        .as("seed %d key %d", seed, number)
                        .isEqualTo(Parsed.of(Optional.ofNullable(model.get(key)).map(Item::leaf)));
                assertThat(state.item(key)).isEqualTo(Optional.ofNullable(model.get(key)));
            }
        }
    }

    @Test
    void a_proof_with_any_byte_flipped_proves_nothing() {
        State state = filled(200);
        List<StateKey> asked = List.of(key(7), key(199), key(1_000), key(1_001));
        for (StateKey key : asked) {
            byte[] sound = StateProof.FORMAT.encode(state.prove(key)).toArray();
            for (int at = 0; at < sound.length; at++) {
                byte[] flipped = sound.clone();
                flipped[at] ^= (byte) (1 << (at % 8));
                Parsed<Optional<StateLeaf>> verified =
                        StateProof.FORMAT
                                .decode(Bytes.copyOf(flipped))
                                .then(proof -> proof.verify(key, state.root()));
                assertThat(verified).as("byte %d", at).isInstanceOf(Parsed.Refused.class);
            }
        }
    }

    @Test
    void a_proof_of_another_key_or_another_root_is_refused() {
        State state = filled(50);
        StateProof proof = state.prove(key(3));
        assertThat(fault(proof.verify(key(4), state.root()))).isEqualTo(Fault.BAD_PROOF);
        assertThat(fault(proof.verify(key(3), filled(49).root()))).isEqualTo(Fault.BAD_PROOF);
        assertThat(fault(proof.verify(key(1_000), state.root()))).isEqualTo(Fault.BAD_PROOF);
    }

    @Test
    void the_root_follows_from_the_items_in_whatever_order_and_blocks_they_came() {
        List<Item> items = new ArrayList<>();
        filled(300).forEach(items::add);
        Collections.shuffle(items, new Random(1));
        State one = State.EMPTY;
        for (Item item : items) {
            one = one.with(List.of(item));
        }
        assertThat(one.root()).isEqualTo(filled(300).root());
        assertThat(State.EMPTY.with(items).root()).isEqualTo(filled(300).root());
        assertThat(State.EMPTY.root()).isEqualTo(Digest.ZERO);
    }

    @Test
    void a_prefix_gives_its_living_keys_in_order_and_no_more_than_asked() {
        State state =
                State.EMPTY.with(
                        List.of(
                                item("a", Optional.of("0")),
                                item("b/1", Optional.of("1")),
                                item("b/2", Optional.empty()),
                                item("b/3", Optional.of("3")),
                                item("c", Optional.of("4"))));
        assertThat(state.under(Area.OWN, "", Bytes.utf8("b/"), 10))
                .extracting(item -> item.key().key().asUtf8())
                .containsExactly("b/1", "b/3");
        assertThat(state.under(Area.OWN, "", Bytes.utf8("b/"), 1)).hasSize(1);
        assertThat(state.under(Area.OWN, "", Bytes.EMPTY, 10)).hasSize(4);
        assertThat(state.under(Area.DELIVERED, "inbox", Bytes.EMPTY, 10)).isEmpty();
        Draft draft = new Draft(state);
        draft.delete(StateKey.own(Bytes.utf8("b/1")), new Position(2, 0).version());
        draft.put(StateKey.own(Bytes.utf8("b/2")), new Position(2, 1).version(), Bytes.utf8("2"));
        assertThat(draft.under(Area.OWN, "", Bytes.utf8("b/"), 2))
                .extracting(item -> item.key().key().asUtf8())
                .containsExactly("b/2", "b/3");
        assertThat(draft.item(StateKey.own(Bytes.utf8("b/2"))).orElseThrow().writes()).isEqualTo(2);
    }

    private static List<Item> writes(
            State state, Map<StateKey, Item> model, Random random, int block) {
        Draft draft = new Draft(state);
        for (int write = 0; write < random.nextInt(1, 20); write++) {
            StateKey key = key(random.nextInt(KEY_COUNT * 3 / 4));
            Version.Present version = new Position(block, write).version();
            if (random.nextInt(4) == 0) {
                draft.delete(key, version);
            } else {
                draft.put(key, version, Bytes.utf8("value " + random.nextInt()));
            }
        }
        draft.written().forEach(item -> model.put(item.key(), item));
        return List.copyOf(draft.written());
    }

    private static State filled(int count) {
        Draft draft = new Draft(State.EMPTY);
        for (int number = 0; number < count; number++) {
            draft.put(key(number), new Position(1, number).version(), Bytes.utf8("v" + number));
        }
        return State.EMPTY.with(draft.written());
    }

    private static Item item(String key, Optional<String> value) {
        return new Item(
                StateKey.own(Bytes.utf8(key)),
                1,
                new Position(1, 0).version(),
                value.map(Bytes::utf8));
    }

    private static StateKey key(int number) {
        return StateKey.own(Bytes.utf8("key/" + number));
    }

    private static Fault fault(Parsed<?> parsed) {
        return parsed instanceof Parsed.Refused<?>(var why) ? why.fault() : Fault.INTERNAL;
    }
}
