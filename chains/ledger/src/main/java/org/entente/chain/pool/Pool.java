package org.entente.chain.pool;

import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Execution;
import org.entente.chain.state.Reading;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What waits, in the order it came. An account's transactions come without gaps, so whatever is
/// taken from the front can be included; one that comes too early is refused with the nonce that is
/// due.
public final class Pool {
    private final PoolLimits limits;

    /// Guards everything below.
    private final Object lock = new Object();

    private final Deque<Ticket> waiting = new ArrayDeque<>();

    /// By account, until the block that has them is announced.
    private final Map<VerifyingKey, Deque<Ticket>> accounts = new HashMap<>();

    private int count;
    private long sizeBytes;
    private boolean closed;

    public Pool(PoolLimits limits) {
        this.limits = limits;
    }

    /// Takes a transaction that is admissible; the same one again gets the ticket that it has.
    ///
    /// @param state the state after the last announced block, asked under the pool's lock
    public Parsed<Ticket> add(SignedTransaction signed, Supplier<? extends Reading> state) {
        Ticket ticket = new Ticket(signed, SignedTransaction.FORMAT.encode(signed).size());
        VerifyingKey account = signed.transaction().account();
        synchronized (lock) {
            if (closed) {
                return Parsed.refused(Fault.STOPPING, "the chain is stopping");
            }
            Deque<Ticket> own = accounts.getOrDefault(account, new ArrayDeque<>());
            for (Ticket each : own) {
                if (each.id().equals(ticket.id())) {
                    return Parsed.of(each);
                }
            }
            Verdict verdict = turn(signed, own, state.get()).and(() -> room(ticket, own));
            if (verdict instanceof Verdict.Rejected rejected) {
                return new Parsed.Refused<>(rejected);
            }
            own.add(ticket);
            accounts.put(account, own);
            waiting.add(ticket);
            count++;
            sizeBytes += ticket.sizeBytes();
            lock.notifyAll();
        }
        return Parsed.of(ticket);
    }

    private static Verdict turn(SignedTransaction signed, Deque<Ticket> own, Reading state) {
        VerifyingKey account = signed.transaction().account();
        long due = Account.find(state, account).map(Account::nonce).orElse(0L);
        Ticket last = own.peekLast();
        if (last != null) {
            due = Math.max(due, last.signed().transaction().nonce() + 1);
        }
        return Execution.turn(signed.transaction().nonce(), due);
    }

    private Verdict room(Ticket ticket, Deque<Ticket> own) {
        if (own.size() >= limits.perAccount()) {
            return Verdict.rejected(
                    Fault.OVERLOADED, limits.perAccount() + " of this account are waiting");
        }
        return count < limits.count() && sizeBytes + ticket.sizeBytes() <= limits.sizeBytes()
                ? Verdict.accepted()
                : Verdict.rejected(Fault.OVERLOADED, count + " transactions are waiting");
    }

    /// Waits until something waits, then takes from the front as much as a block may hold; nothing
    /// once the pool is closed.
    ///
    /// @param gatherMillis how long more may join the first
    public List<Ticket> take(int countMax, long sizeBytesMax, long gatherMillis)
            throws InterruptedException {
        synchronized (lock) {
            while (waiting.isEmpty() && !closed) {
                lock.wait();
            }
            long until = System.nanoTime() + gatherMillis * 1_000_000;
            long left = gatherMillis;
            while (left > 0 && waiting.size() < countMax && !closed) {
                lock.wait(left);
                left = (until - System.nanoTime()) / 1_000_000;
            }
            List<Ticket> taken = new ArrayList<>();
            long size = 0;
            while (taken.size() < countMax && !waiting.isEmpty()) {
                size += waiting.getFirst().sizeBytes();
                if (size > sizeBytesMax && !taken.isEmpty()) {
                    break;
                }
                taken.add(waiting.removeFirst());
            }
            return taken;
        }
    }

    /// Lets go of a transaction that was taken, and tells who waits.
    public void end(Ticket ticket, Parsed<Inclusion> how) {
        synchronized (lock) {
            VerifyingKey account = ticket.signed().transaction().account();
            Deque<Ticket> own = accounts.getOrDefault(account, new ArrayDeque<>());
            own.remove(ticket);
            if (own.isEmpty()) {
                accounts.remove(account);
            }
            count--;
            sizeBytes -= ticket.sizeBytes();
        }
        ticket.end(how);
    }

    public int count() {
        synchronized (lock) {
            return count;
        }
    }

    /// Takes nothing more; what waits is refused, and may be sent again.
    public void close() {
        List<Ticket> dropped;
        synchronized (lock) {
            closed = true;
            dropped = new ArrayList<>(waiting);
            waiting.clear();
            lock.notifyAll();
        }
        dropped.forEach(
                ticket -> end(ticket, Parsed.refused(Fault.STOPPING, "the chain is stopping")));
    }
}
