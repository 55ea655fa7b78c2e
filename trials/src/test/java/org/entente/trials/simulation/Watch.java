package org.entente.trials.simulation;

import org.entente.chain.Action;
import org.entente.chain.Receipt;
import org.entente.chain.SignedTransaction;
import org.entente.chain.state.Item;
import org.entente.chain.state.State;
import org.entente.chain.state.StateKey;
import org.entente.endorsement.EntryRecord;
import org.entente.protocol.ChainId;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.exchange.Write;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.relay.Status;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Tells every invariant what happens.
final class Watch {
    private final List<Invariant> invariants;
    private long applied;

    Watch(List<Invariant> invariants) {
        this.invariants = List.copyOf(invariants);
    }

    private void each(Consumer<Invariant> what) {
        invariants.forEach(what);
    }

    void said(NodeId agent, ToRelay message) {
        each(it -> it.said(agent, message));
    }

    void told(NodeId agent, ToAgent message) {
        each(it -> it.told(agent, message));
    }

    void appended(EntryRecord record) {
        each(it -> it.appended(record));
    }

    void forced(long size) {
        each(it -> it.forced(size));
    }

    void restarted(long size) {
        each(it -> it.restarted(size));
    }

    void answered(Status status) {
        each(it -> it.answered(status));
    }

    long applied() {
        return applied;
    }

    /// Looks at what the chain holds afterwards, not at what the contract says that it did.
    void block(
            ChainId chain,
            List<SignedTransaction> transactions,
            List<Receipt> receipts,
            State before,
            State after) {
        TreeMap<Long, Delivery> brought = new TreeMap<>();
        for (SignedTransaction signed : transactions) {
            if (signed.transaction().action()
                            instanceof Action.Bring(Action.Notice kind, String inbox, var notice)
                    && kind == Action.Notice.DELIVERY
                    && Delivery.FORMAT.decode(notice) instanceof Parsed.Value<Delivery>(var it)
                    && isWritten(it, inbox, before, after)) {
                brought.putIfAbsent(it.sighting().entry().serial(), it);
            }
        }
        applied += brought.size();
        brought.values().forEach(delivery -> each(it -> it.applied(chain, delivery)));
    }

    private static boolean isWritten(Delivery delivery, String inbox, State before, State after) {
        for (int index = 0; index < delivery.values().size(); index++) {
            Write write = delivery.evidence().writeSet().writes().get(index);
            StateKey key = StateKey.delivered(inbox, write.place().key());
            Optional<Item> was = before.item(key);
            Optional<Item> is = after.item(key);
            if (is.isPresent()
                    && !is.equals(was)
                    && is.get().value().equals(Optional.of(delivery.values().get(index)))
                    && is.get()
                            .version()
                            .bytes()
                            .equals(
                                    new org.entente.chain.state.Serial(
                                                    delivery.sighting().entry().serial())
                                            .bytes())) {
                return true;
            }
        }
        return false;
    }
}
