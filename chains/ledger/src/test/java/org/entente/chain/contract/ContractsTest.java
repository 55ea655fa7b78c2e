package org.entente.chain.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.entente.chain.fixture.MemoryChain.fault;
import static org.entente.chain.fixture.MemoryChain.text;

import org.entente.chain.Action;
import org.entente.chain.Receipt;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Governance;
import org.entente.chain.fixture.MemoryChain;
import org.entente.chain.state.State;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// Calls of contracts: what takes effect, what a refusal leaves, what a call may not do.
final class ContractsTest {
    private static final Name NOTES = new Name("notes");
    private static final Name READER = new Name("reader");

    private final MemoryChain chain = withContracts();

    private static MemoryChain withContracts() {
        Contracts contracts = Contracts.of(List.of(new Notes(), new Reader()));
        return new MemoryChain(new ChainId("solo:calls"), _ -> Governance.with(contracts));
    }

    /// Writes what it is told, and more than it may.
    private record Notes() implements Contract {
        @Override
        public Name name() {
            return NOTES;
        }

        @Override
        public Parsed<Bytes> call(Call call, Store store) {
            Bytes arguments = call.arguments();
            switch (call.method()) {
                case "put" -> store.put(text("a"), arguments);
                case "delete" -> store.delete(text("a"));
                case "refuse" -> {
                    store.put(text("a"), arguments);
                    store.emit(new Name("put"), arguments);
                    return Parsed.refused(Fault.STALE_READ, "as it was asked");
                }
                case "tell" -> {
                    store.emit(new Name("put"), arguments);
                    return Parsed.of(call.random().bytes());
                }
                case "often" -> {
                    for (int number = 0; number <= arguments.size(); number++) {
                        store.emit(new Name("put"), Bytes.EMPTY);
                    }
                }
                case "large" -> {
                    for (int number = 0; number < 5; number++) {
                        store.put(text("large/" + number), arguments);
                    }
                }
                case "many" -> {
                    for (int number = 0; number < 4_200; number++) {
                        store.put(text("many/" + number), Bytes.EMPTY);
                    }
                }
                case "work" -> store.spend(100_000_000);
                case "unkeyed" -> store.put(Bytes.EMPTY, arguments);
                case "foreign" -> store.find(READER, text("a"));
                default -> {
                    return call.unknownMethod();
                }
            }
            return Parsed.of(arguments);
        }
    }

    /// Says what the other one keeps.
    private record Reader() implements Contract {
        @Override
        public Name name() {
            return READER;
        }

        @Override
        public SortedSet<Name> reads() {
            return Sorted.copyOf(List.of(NOTES));
        }

        @Override
        public Parsed<Bytes> call(Call call, Store store) {
            int own = store.under(Bytes.EMPTY, 9).size();
            int others = store.under(NOTES, Bytes.EMPTY, 9).size();
            Bytes found = store.find(NOTES, text("a")).map(Store.Entry::value).orElse(Bytes.EMPTY);
            return Parsed.of(text(own + " " + others + " ").concat(found));
        }
    }

    @Test
    void a_call_writes_under_its_contracts_name_and_answers_with_what_it_told() {
        assertThat(call("put", text("one")).fault()).isZero();
        assertThat(value(StateKey.store(NOTES, text("a")))).contains(text("one"));
        assertThat(value(StateKey.own(text("a")))).isEmpty();

        Bytes before = chain.ledger().head().header().digest().bytes();
        Receipt told = call("tell", text("two"));
        Answer answer = Answer.FORMAT.decode(told.result()).orThrow();
        assertThat(answer.output())
                .isEqualTo(Digest.of(before.concat(told.transaction().bytes())).bytes());
        assertThat(answer.events())
                .containsExactly(new Answer.Emitted(new Name("put"), text("two")));

        assertThat(call("delete", Bytes.EMPTY).fault()).isZero();
        assertThat(value(StateKey.store(NOTES, text("a")))).isEmpty();
        assertThat(chain.ledger().state().item(StateKey.store(NOTES, text("a"))).orElseThrow())
                .satisfies(item -> assertThat(item.writes()).isEqualTo(2));
    }

    @Test
    void a_refused_call_takes_its_nonce_and_changes_nothing_else() {
        call("put", text("one"));
        State before = chain.ledger().state();
        Receipt receipt = call("refuse", text("two"));
        assertThat(fault(receipt)).isEqualTo(Fault.STALE_READ);
        assertThat(receipt.result()).isEqualTo(Bytes.EMPTY);
        assertThat(nonce(chain.ledger().state())).isEqualTo(nonce(before) + 1);
        assertThat(value(StateKey.store(NOTES, text("a")))).contains(text("one"));
        assertThat(chain.ledger().state().count()).isEqualTo(before.count());
    }

    @Test
    void what_is_not_there_is_refused_and_so_is_what_comes_too_late() {
        assertThat(fault(call("fly", Bytes.EMPTY))).isEqualTo(Fault.NOT_FOUND);
        assertThat(fault(perform(new Name("nobody"), "put", Optional.empty())))
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(fault(perform(NOTES, "put", Optional.of(MemoryChain.BEGIN))))
                .isEqualTo(Fault.REQUEST_EXPIRED);
        assertThat(perform(NOTES, "put", Optional.of(MemoryChain.BEGIN.plusMillis(1))).fault())
                .isZero();
        MemoryChain without = new MemoryChain(new ChainId("solo:none"));
        assertThat(fault(without.perform(without.account(), action("put", Bytes.EMPTY))))
                .isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void a_call_that_does_what_it_may_not_changes_nothing_whatever_it_answers() {
        Bytes quarter = Bytes.copyOf(new byte[Action.ARGUMENTS_SIZE_BYTES_MAX]);
        long before = chain.ledger().state().count();
        assertThat(fault(call("large", quarter))).isEqualTo(Fault.TOO_LARGE);
        assertThat(fault(call("many", Bytes.EMPTY))).isEqualTo(Fault.TOO_LARGE);
        assertThat(fault(call("put", Bytes.copyOf(new byte[1_001])))).isEqualTo(Fault.TOO_LARGE);
        assertThat(fault(call("tell", Bytes.copyOf(new byte[1_000])))).isEqualTo(Fault.TOO_LARGE);
        assertThat(fault(call("often", Bytes.copyOf(new byte[16])))).isEqualTo(Fault.TOO_LARGE);
        assertThat(fault(call("unkeyed", Bytes.EMPTY))).isEqualTo(Fault.INVALID_VALUE);
        assertThat(fault(call("foreign", Bytes.EMPTY))).isEqualTo(Fault.NOT_YOURS);
        assertThat(chain.ledger().state().count()).isEqualTo(before);

        assertThat(call("put", Bytes.copyOf(new byte[1_000])).fault()).isZero();
        assertThat(call("often", Bytes.copyOf(new byte[15])).fault()).isZero();
    }

    @Test
    void a_contract_reads_of_others_what_it_says_that_it_reads() {
        call("put", text("one"));
        Receipt receipt = perform(READER, "read", Optional.empty());
        assertThat(Answer.FORMAT.decode(receipt.result()).orThrow().output())
                .isEqualTo(text("0 1 one"));
    }

    @Test
    void the_calls_of_one_block_come_to_an_end_and_the_next_block_goes_on() {
        List<SignedTransaction> all = new ArrayList<>();
        for (long nonce = 0; nonce < 6; nonce++) {
            Action action = nonce == 5 ? put() : action("work", Bytes.EMPTY);
            all.add(
                    SignedTransaction.by(
                            chain.account(),
                            new Transaction(
                                    chain.genesis().chain(),
                                    chain.account().key(),
                                    nonce,
                                    action)));
        }
        List<Receipt> receipts = chain.add(all.toArray(SignedTransaction[]::new)).receipts();
        assertThat(receipts.stream().map(Receipt::fault).toList())
                .containsExactly(0, 0, 0, 0, Fault.OVERLOADED.number(), 0);
        assertThat(call("work", Bytes.EMPTY).fault()).isZero();
    }

    private static Action put() {
        return new Action.Put(text("k"), Optional.empty(), text("v"));
    }

    @Test
    void no_two_contracts_have_one_name() {
        assertThatThrownBy(() -> Contracts.of(List.of(new Notes(), new Notes())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Action.Call action(String method, Bytes arguments) {
        return new Action.Call(NOTES, method, arguments, Optional.empty());
    }

    private Receipt call(String method, Bytes arguments) {
        return chain.perform(chain.account(), action(method, arguments));
    }

    private Receipt perform(Name contract, String method, Optional<Instant> deadline) {
        return chain.perform(
                chain.account(), new Action.Call(contract, method, Bytes.EMPTY, deadline));
    }

    private Optional<Bytes> value(StateKey key) {
        return chain.ledger().state().value(key);
    }

    private long nonce(State state) {
        return Account.find(state, chain.account().key()).orElseThrow().nonce();
    }
}
