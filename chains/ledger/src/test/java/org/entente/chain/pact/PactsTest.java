package org.entente.chain.pact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.entente.chain.fixture.MemoryChain.fault;
import static org.entente.chain.fixture.MemoryChain.text;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.Clause;
import org.entente.chain.Effect;
import org.entente.chain.Pact;
import org.entente.chain.Receipt;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Solo;
import org.entente.chain.Transaction;
import org.entente.chain.Whole;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.chain.fixture.MemoryChain;
import org.entente.chain.state.Item;
import org.entente.chain.state.State;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What pacts wait for, what they do, and when a node brings one to its end.
final class PactsTest {
    private static final Instant NOW = MemoryChain.BEGIN;
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));
    private static final Clause.Where STOCK = new Clause.Where("", text("stock"));

    private final MemoryChain chain = new MemoryChain(new ChainId("solo:orders"));

    @Test
    void a_pact_does_all_it_says_once_and_only_when_all_holds_that_it_waits_for() {
        Digest pact =
                agreed(
                        new Pact(
                                LATER,
                                List.of(
                                        new Clause.AtLeast(STOCK, new Whole(5)),
                                        new Clause.Holds(where("orders/7"), text("paid"))),
                                List.of(
                                        new Effect.Add(text("stock"), new Whole(-5)),
                                        new Effect.Add(text("sold"), new Whole(5)),
                                        new Effect.Put(text("orders/7"), text("shipped")))));
        put("stock", "7");
        assertThat(fault(fulfil(pact))).isEqualTo(Fault.PACT_UNMET);
        assertThat(value("stock")).isEqualTo("7");

        put("orders/7", "paid");
        Receipt receipt = fulfil(pact);
        assertThat(receipt.result().hex()).isEqualTo("01");
        assertThat(value("stock")).isEqualTo("2");
        assertThat(value("sold")).isEqualTo("5");
        assertThat(value("orders/7")).isEqualTo("shipped");
        assertThat(item("stock").version()).isEqualTo(item("sold").version());
        assertThat(fault(fulfil(pact))).isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void what_cannot_be_done_to_the_end_is_not_begun() {
        put("stock", "some");
        Pact sum =
                new Pact(
                        LATER,
                        List.of(new Clause.Exists(STOCK)),
                        List.of(
                                new Effect.Put(text("seen"), text("yes")),
                                new Effect.Add(text("stock"), new Whole(1))));
        Digest pact = agreed(sum);
        assertThat(fault(fulfil(pact))).isEqualTo(Fault.PACT_UNMET);
        assertThat(state().value(StateKey.own(text("seen")))).isEmpty();
        put("stock", "999999999999999999");
        assertThat(fault(fulfil(pact))).isEqualTo(Fault.PACT_UNMET);
        put("stock", "-3");
        assertThat(fulfil(pact).fault()).isZero();
        assertThat(value("stock")).isEqualTo("-2");

        Digest taking =
                agreed(
                        new Pact(
                                LATER,
                                List.of(new Clause.Absent(where("nothing"))),
                                List.of(new Effect.Delete(text("nothing")))));
        assertThat(fault(fulfil(taking))).isEqualTo(Fault.PACT_UNMET);
    }

    @Test
    void each_clause_holds_where_it_should_and_nowhere_else() {
        put("stock", "7");
        put("word", "seven");
        assertThat(holds(new Clause.Holds(STOCK, text("7")))).isTrue();
        assertThat(holds(new Clause.Holds(STOCK, text("07")))).isFalse();
        assertThat(holds(new Clause.Exists(STOCK))).isTrue();
        assertThat(holds(new Clause.Absent(STOCK))).isFalse();
        assertThat(holds(new Clause.Exists(where("none")))).isFalse();
        assertThat(holds(new Clause.Absent(where("none")))).isTrue();
        // The same key as an inbox was brought it is another.
        assertThat(holds(new Clause.Exists(new Clause.Where("inbox", text("stock"))))).isFalse();
        assertThat(holds(new Clause.AtLeast(STOCK, new Whole(7)))).isTrue();
        assertThat(holds(new Clause.AtLeast(STOCK, new Whole(8)))).isFalse();
        assertThat(holds(new Clause.AtMost(STOCK, new Whole(7)))).isTrue();
        assertThat(holds(new Clause.AtMost(STOCK, new Whole(6)))).isFalse();
        assertThat(holds(new Clause.AtLeast(where("word"), new Whole(-9)))).isFalse();
        assertThat(holds(new Clause.AtMost(where("none"), new Whole(9)))).isFalse();
        assertThat(holds(new Clause.Since(NOW))).isTrue();
        assertThat(holds(new Clause.Since(NOW.plusMillis(1)))).isFalse();
    }

    @Test
    void its_time_over_a_pact_only_goes_away() {
        Pact pact =
                new Pact(
                        NOW.plusMillis(1),
                        List.of(new Clause.Exists(STOCK)),
                        List.of(new Effect.Put(text("done"), text("yes"))));
        Digest id = agreed(pact);
        put("stock", "1");
        Ledger.Made late =
                chain.ledger()
                        .make(
                                List.of(signed(new Action.Fulfil(id))),
                                NOW.plusMillis(1),
                                chain.creator().key(),
                                MemoryChain.VERIFIER);
        assertThat(late.receipts().getFirst().result().hex()).isEqualTo("02");
        assertThat(late.state().value(StateKey.own(text("done")))).isEmpty();
        assertThat(new Pacts(late.state()).ids()).isEmpty();
        Pact over = new Pact(NOW, pact.clauses(), pact.effects());
        assertThat(fault(perform(new Action.Agree(over)))).isEqualTo(Fault.REQUEST_EXPIRED);
    }

    @Test
    void only_its_owner_withdraws_a_pact() {
        Digest id = agreed(waiting());
        assertThat(fault(chain.perform(chain.owner(), new Action.Withdraw(id))))
                .isEqualTo(Fault.NOT_YOURS);
        assertThat(perform(new Action.Withdraw(id)).fault()).isZero();
        assertThat(new Pacts(state()).ids()).isEmpty();
        assertThat(fault(perform(new Action.Withdraw(id)))).isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void an_account_has_only_so_many_pacts_and_another_still_has_its_own() {
        SignedTransaction[] many = new SignedTransaction[PactBook.PER_OWNER_MAX + 1];
        for (int index = 0; index < many.length; index++) {
            many[index] =
                    SignedTransaction.by(
                            chain.account(),
                            new Transaction(
                                    chain.genesis().chain(),
                                    chain.account().key(),
                                    index,
                                    new Action.Agree(waiting())));
        }
        Ledger.Made made = chain.add(many);
        assertThat(made.receipts()).filteredOn(each -> each.fault() != 0).hasSize(1);
        assertThat(fault(made.receipts().getLast())).isEqualTo(Fault.OVERLOADED);
        assertThat(chain.perform(chain.owner(), new Action.Agree(waiting())).fault()).isZero();
    }

    @Test
    void another_node_executes_pacts_to_the_same_state() {
        put("stock", "7");
        Digest id = agreed(waiting());
        put("go", "now");
        fulfil(id);
        Ledger copy =
                Ledger.begun(
                        chain.genesis(),
                        Governance.NONE,
                        Solo.certify(
                                Ledger.first(chain.genesis(), Governance.NONE), chain.creator()));
        for (Block block : chain.blocks()) {
            Block travelled = Block.FORMAT.decode(Block.FORMAT.encode(block)).orThrow();
            copy = copy.apply(travelled, MemoryChain.VERIFIER).orThrow();
        }
        assertThat(copy.state().root()).isEqualTo(state().root());
        assertThat(copy.state().prove(StateKey.pact(id)).leaf().orElseThrow().value()).isEmpty();
    }

    @Test
    void a_pact_changes_keys_of_the_chains_own_and_a_number_has_eighteen_digits() {
        assertThatThrownBy(() -> new Pact(LATER, List.of(), waiting().effects()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pact(LATER, waiting().clauses(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Effect.Put(Bytes.EMPTY, text("x")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Whole(1_000_000_000_000_000_000L))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Whole.of(text("1000000000000000000"))).isEmpty();
        assertThat(Whole.of(text("+1"))).isEmpty();
        assertThat(Whole.of(text(""))).isEmpty();
        assertThat(Whole.of(text("-042"))).isEqualTo(Optional.of(new Whole(-42)));
    }

    @Test
    void whose_block_made_a_pact_ripe_fulfils_it_and_others_only_when_it_still_stands() {
        Signer own = chain.creator();
        Ripening maker = new Ripening(own.key());
        Ripening other = new Ripening(chain.owner().key());
        Digest id = agreed(waiting());
        assertThat(due(maker)).isEmpty();
        put("go", "now");
        assertThat(due(maker)).containsExactly(id);
        assertThat(due(maker)).containsExactly(id);
        assertThat(due(other)).isEmpty();
        for (int block = 1; block < Ripening.PATIENCE_BLOCKS; block++) {
            put("go", "still");
            assertThat(due(maker)).isEmpty();
        }
        put("go", "still");
        assertThat(due(maker)).containsExactly(id);
        assertThat(due(other)).isEmpty();
        fulfil(id);
        assertThat(due(maker)).isEmpty();
    }

    @Test
    void time_alone_ripens_a_pact_and_so_does_its_end() {
        Ripening maker = new Ripening(chain.creator().key());
        Digest timed =
                agreed(
                        new Pact(
                                LATER,
                                List.of(new Clause.Since(NOW.plusSeconds(10))),
                                List.of(new Effect.Put(text("bell"), text("rung")))));
        Digest lapsing = agreed(waiting());
        assertThat(due(maker, NOW)).isEmpty();
        assertThat(due(maker, NOW.plusSeconds(10))).containsExactly(timed);
        assertThat(due(maker, LATER)).contains(lapsing);
    }

    private static Pact waiting() {
        return new Pact(
                LATER,
                List.of(new Clause.Exists(where("go"))),
                List.of(new Effect.Put(text("gone"), text("yes"))));
    }

    private static Clause.Where where(String key) {
        return new Clause.Where("", text(key));
    }

    private List<Digest> due(Ripening ripening) {
        return due(ripening, NOW);
    }

    private List<Digest> due(Ripening ripening, Instant now) {
        return ripening.due(chain.ledger().head().header(), state(), now);
    }

    private boolean holds(Clause clause) {
        return new Pacts(state()).holds(clause, NOW);
    }

    private Digest agreed(Pact pact) {
        SignedTransaction signed = signed(new Action.Agree(pact));
        assertThat(chain.add(signed).receipts().getFirst().fault()).isZero();
        Digest id = signed.transaction().id();
        assertThat(new Pacts(state()).find(id).orElseThrow())
                .isEqualTo(new Pact.Standing(chain.account().key(), pact));
        return id;
    }

    private Receipt fulfil(Digest pact) {
        return chain.perform(chain.owner(), new Action.Fulfil(pact));
    }

    private void put(String key, String value) {
        assertThat(perform(new Action.Put(text(key), Optional.empty(), text(value))).fault())
                .isZero();
    }

    private Receipt perform(Action action) {
        return chain.perform(chain.account(), action);
    }

    private SignedTransaction signed(Action action) {
        return chain.signed(chain.account(), action);
    }

    private State state() {
        return chain.ledger().state();
    }

    private Item item(String key) {
        return state().item(StateKey.own(text(key))).orElseThrow();
    }

    private String value(String key) {
        return item(key).value().orElseThrow().asUtf8();
    }
}
