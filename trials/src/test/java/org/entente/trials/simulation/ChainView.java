package org.entente.trials.simulation;

import org.entente.adapter.Held;
import org.entente.adapter.Inbox;
import org.entente.adapter.InboxCall;
import org.entente.adapter.Point;
import org.entente.adapter.Prepared;
import org.entente.adapter.Seen;
import org.entente.adapter.Snapshot;
import org.entente.agent.Answer;
import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.execution.Ledger;
import org.entente.chain.inbox.Records;
import org.entente.chain.state.Item;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// One agent's adapter to one chain: a node of it that may be behind, sources that may contradict
/// each other, an account whose next nonce a crash forgets.
final class ChainView {
    private static final int EPOCH_COUNT_MAX = 64;

    private final SimulatedChain chain;
    private final Signer account;
    private final Chance chance;
    private long next;
    private long height;

    /// What is wrong with its sources.
    private Trouble trouble = Trouble.NONE;

    enum Trouble {
        NONE,
        DISPUTED,
        BROKEN
    }

    ChainView(SimulatedChain chain, Signer account, Chance chance) {
        this.chain = chain;
        this.account = account;
        this.chance = chance;
    }

    SimulatedChain chain() {
        return chain;
    }

    void trouble(Trouble now) {
        trouble = now;
    }

    private <T> Seen<T> seen(T value) {
        return switch (trouble) {
            case NONE -> new Seen.Known<>(value);
            case DISPUTED -> new Seen.Disputed<>("two nodes");
            case BROKEN ->
                    new Seen.FinalityBroken<>(
                            new Point(height, Bytes.utf8("followed")),
                            new Point(height, Bytes.utf8("another")),
                            chance.below((int) height + 1));
        };
    }

    private static Point point(Ledger ledger) {
        return new Point(ledger.height(), ledger.head().header().digest().bytes());
    }

    /// Never behind what was seen before.
    private Ledger ledger() {
        Ledger behind = chain.ledger(chance.in(0.2) ? chance.below(3) : 0);
        Ledger ledger = behind.height() < height ? chain.ledger() : behind;
        height = ledger.height();
        return ledger;
    }

    Answer head() {
        return new Answer.Head(seen(point(ledger())));
    }

    Answer keys(SortedSet<Place> places) {
        Ledger ledger = ledger();
        List<Held> held = new ArrayList<>();
        for (Place place : places) {
            StateKey key =
                    place.isOwn()
                            ? StateKey.own(place.key())
                            : StateKey.delivered(place.inbox(), place.key());
            Optional<Item> item = ledger.state().item(key);
            Version version = new Version.Absent();
            if (item.isPresent()) {
                version = item.get().version();
            }
            held.add(new Held(place, version, item.flatMap(Item::value)));
        }
        return new Answer.Keys(seen(new Snapshot(point(ledger), held)));
    }

    Answer inbox(String address) {
        Records records = new Records(ledger().state(), address);
        if (records.owner().isEmpty()) {
            return new Answer.InboxAt(seen(Optional.empty()));
        }
        List<Inbox.Epoch> epochs = new ArrayList<>();
        for (long number = 0; number < EPOCH_COUNT_MAX; number++) {
            Optional<Records.Epoch> epoch = records.epoch(number);
            if (epoch.isEmpty()) {
                break;
            }
            epochs.add(new Inbox.Epoch(number, epoch.get().from(), epoch.get().record().digest()));
        }
        return new Answer.InboxAt(
                seen(
                        Optional.of(
                                new Inbox(
                                        address,
                                        org.entente.chain.inbox.Inbox.CODE,
                                        records.newest().record().id(),
                                        epochs))));
    }

    Answer outcome(String inbox, long serial) {
        return new Answer.OutcomeAt(seen(new Records(ledger().state(), inbox).outcome(serial)));
    }

    Answer prepare(InboxCall call) {
        Action.Notice notice =
                switch (call) {
                    case InboxCall.Deliver _ -> Action.Notice.DELIVERY;
                    case InboxCall.BeginEpoch _ -> Action.Notice.EPOCH;
                    case InboxCall.Cancel _ -> Action.Notice.CANCEL;
                };
        long nonce = Math.max(next, chain.nonce(account.key()));
        next = nonce + 1;
        Transaction transaction =
                new Transaction(
                        chain.id(),
                        account.key(),
                        nonce,
                        new Action.Bring(notice, call.inbox(), call.notice()));
        SignedTransaction signed = SignedTransaction.by(account, transaction);
        return new Answer.Prepared(
                new Prepared(transaction.id().bytes(), SignedTransaction.FORMAT.encode(signed)));
    }

    static Answer unknownFunction() {
        return new Answer.Refused(
                Verdict.rejected(Fault.NOT_FOUND, "no functions in a simulated chain"));
    }
}
