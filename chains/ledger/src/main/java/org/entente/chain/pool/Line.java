package org.entente.chain.pool;

import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One account's transactions in the pool: those whose turn has come, without a gap, and those that
/// are held for others before them.
final class Line {
    private final Deque<Ticket> ready = new ArrayDeque<>();

    /// By nonce.
    private final TreeMap<Long, Ticket> held = new TreeMap<>();

    int count() {
        return ready.size() + held.size();
    }

    Optional<Ticket> find(Digest id) {
        return Stream.concat(ready.stream(), held.values().stream())
                .filter(each -> each.id().equals(id))
                .findFirst();
    }

    /// The nonce whose turn it is.
    ///
    /// @param next the account's next nonce in the state
    long due(long next) {
        Ticket last = ready.peekLast();
        return last == null ? next : Math.max(next, last.nonce() + 1);
    }

    /// Whether nothing is held at this place.
    Verdict free(Ticket ticket) {
        return held.containsKey(ticket.nonce())
                ? Verdict.rejected(
                        Fault.NONCE_USED, "another transaction with this nonce is waiting")
                : Verdict.accepted();
    }

    void hold(Ticket early) {
        held.put(early.nonce(), early);
    }

    boolean isHeld(Ticket ticket) {
        return held.get(ticket.nonce()) == ticket;
    }

    Collection<Ticket> held() {
        return held.values();
    }

    /// Takes the one whose turn it is.
    ///
    /// @return it, and those held whose turn has come with it
    List<Ticket> join(Ticket due) {
        held.remove(due.nonce());
        List<Ticket> joined = new ArrayList<>();
        Ticket next = due;
        while (next != null) {
            ready.add(next);
            joined.add(next);
            next = held.remove(next.nonce() + 1);
        }
        return joined;
    }

    void remove(Ticket ticket) {
        ready.remove(ticket);
        held.remove(ticket.nonce(), ticket);
    }
}
