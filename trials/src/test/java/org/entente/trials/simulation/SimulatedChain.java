package org.entente.trials.simulation;

import org.entente.adapter.Sending;
import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.Action;
import org.entente.chain.Genesis;
import org.entente.chain.Receipt;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Solo;
import org.entente.chain.Transaction;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Execution;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A member chain: the real execution with the real inbox contract, blocks at random intervals, a
/// pool that a crash empties. What a block has is final.
final class SimulatedChain {
    private static final int HISTORY_COUNT_MAX = 8;

    private final World world;
    private final ChainId id;
    private final Chance chance;
    private final Signer owner;
    private final Verifier verifier;
    private final Map<Digest, SignedTransaction> pool = new LinkedHashMap<>();
    private final TreeMap<Digest, Sending.Included> included = new TreeMap<>();
    private final TreeMap<Digest, List<Consumer<Sending>>> waiting = new TreeMap<>();

    /// The newest states, the oldest first.
    private final List<Ledger> history = new ArrayList<>();

    private boolean reachable = true;

    SimulatedChain(World world, ChainId id, List<Signer> accounts) {
        this.world = world;
        this.id = id;
        this.chance = world.chance().branch();
        this.owner = world.cast().owner(id);
        this.verifier = world.verifier();
        List<org.entente.protocol.VerifyingKey> admitted = new ArrayList<>();
        accounts.forEach(each -> admitted.add(each.key()));
        Genesis genesis =
                new Genesis(
                        id,
                        Solo.NAME,
                        owner.key(),
                        Sorted.copyOf(List.of(owner.key())),
                        Sorted.copyOf(admitted),
                        world.agenda().now(),
                        Bytes.EMPTY);
        history.add(
                Ledger.begun(
                        genesis,
                        Governance.NONE,
                        Solo.certify(Ledger.first(genesis, Governance.NONE), owner)));
    }

    ChainId id() {
        return id;
    }

    Ledger ledger() {
        return history.getLast();
    }

    /// The state some blocks ago, as a node that is behind has it.
    Ledger ledger(int behind) {
        return history.get(Math.max(0, history.size() - 1 - behind));
    }

    boolean isReachable() {
        return reachable;
    }

    void reachable(boolean now) {
        reachable = now;
    }

    /// Founds the inbox contract and begins to make blocks.
    void begin(AllianceId alliance) {
        submit(owner, new Action.Found(Treaty.INBOX, world.registrar().founding(alliance)));
        block();
        plan();
    }

    private void plan() {
        world.agenda()
                .plan(
                        chance.millis(200, chance.in(0.1) ? 4_000 : 1_200),
                        () -> {
                            if (!pool.isEmpty() && reachable) {
                                block();
                            }
                            plan();
                        });
    }

    /// Somebody of the chain's own writes.
    void submit(Signer by, Action action) {
        long nonce = due(by.key());
        SignedTransaction signed =
                SignedTransaction.by(by, new Transaction(id, by.key(), nonce, action));
        pool.put(signed.transaction().id(), signed);
    }

    /// The nonce behind everything of an account that is included or waits.
    private long due(org.entente.protocol.VerifyingKey account) {
        return pool.values().stream()
                .map(SignedTransaction::transaction)
                .filter(each -> each.account().equals(account))
                .mapToLong(each -> each.nonce() + 1)
                .max()
                .orElse(nonce(account));
    }

    long nonce(org.entente.protocol.VerifyingKey account) {
        return Account.find(ledger().state(), account).map(Account::nonce).orElse(0L);
    }

    /// Takes what somebody prepared; whoever sent it hears what becomes of it, unless it is lost.
    void send(SignedTransaction signed, Consumer<Sending> then) {
        Digest transaction = signed.transaction().id();
        Sending.Included before = included.get(transaction);
        if (before != null) {
            then.accept(before);
            return;
        }
        if (!pool.containsKey(transaction)) {
            Verdict verdict =
                    ledger().execution(verifier)
                            .admissible(signed, ledger().state())
                            .and(() ->
                                    Execution.turn(
                                            signed.transaction().nonce(),
                                            due(signed.transaction().account())));
            if (verdict instanceof Verdict.Rejected why) {
                then.accept(refused(why));
                return;
            }
            pool.put(transaction, signed);
        }
        waiting.computeIfAbsent(transaction, _ -> new ArrayList<>()).add(then);
    }

    private static Sending refused(Verdict.Rejected why) {
        return switch (why.fault()) {
            case NONCE_USED -> new Sending.Stale(why);
            case NONCE_AHEAD -> new Sending.Early(why);
            default -> new Sending.Refused(why);
        };
    }

    /// A node restarts: what waited is gone.
    void crash() {
        pool.clear();
        waiting.clear();
    }

    private void block() {
        Ledger before = ledger();
        Ledger.Made made =
                before.make(
                        List.copyOf(pool.values()), world.agenda().now(), owner.key(), verifier);
        pool.clear();
        Ledger after =
                world.defects()
                        .afterBlock(made, made.certified(Solo.certify(made.header(), owner)));
        history.add(after);
        if (history.size() > HISTORY_COUNT_MAX) {
            history.removeFirst();
        }
        world.trace()
                .line(
                        id.toString(),
                        "block " + after.height() + " of " + made.transactions().size());
        world.trace().bytes(made.header().stateRoot().bytes());
        for (int index = 0; index < made.transactions().size(); index++) {
            settle(made.transactions().get(index), made.receipts().get(index), after.height());
        }
        world.watch()
                .block(id, made.transactions(), made.receipts(), before.state(), after.state());
        waiting.values()
                .forEach(all ->
                        all.forEach(each -> each.accept(new Sending.Waiting(Optional.empty()))));
        waiting.clear();
    }

    private void settle(SignedTransaction signed, Receipt receipt, long height) {
        Digest transaction = signed.transaction().id();
        Optional<Sending.Failure> failure =
                receipt.fault() == 0
                        ? Optional.empty()
                        : Optional.of(
                                new Sending.Failure(
                                        Fault.numbered(receipt.fault()).orElseThrow().name(), ""));
        Sending.Included end = new Sending.Included(height, failure, receipt.result());
        failure.ifPresent(it -> world.trace().line(id.toString(), "failed: " + it.code()));
        included.put(transaction, end);
        List<Consumer<Sending>> told = waiting.remove(transaction);
        if (told != null) {
            told.forEach(each -> each.accept(end));
        }
    }

    /// What the chain's own state holds under a key is written anew.
    void write(String key, Bytes value) {
        submit(world.cast().writer(id), new Action.Put(Bytes.utf8(key), Optional.empty(), value));
    }
}
