package org.entente.chain.pool;

import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Execution;
import org.entente.chain.state.Reading;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What waits, in the order it came. An account's transactions are taken without gaps, so whatever
/// is taken from the front can be included. One that overtook those before it on its way is held
/// for them a while, since who sends many at once cannot keep them in order; then it is refused
/// with the nonce that is due.
public final class Pool {
    private static final long HELD_NANOS_MAX = Duration.ofSeconds(5).toNanos();

    /// How far ahead of its turn one is held: whoever sent it waits meanwhile, and takes a slot.
    private static final int AHEAD_MAX = 64;

    private final PoolLimits limits;
    private final LongSupplier nanos;

    /// Guards everything below.
    private final Object lock = new Object();

    private final Deque<Ticket> waiting = new ArrayDeque<>();

    /// By account, until the block that has them is announced.
    private final Map<VerifyingKey, Line> accounts = new HashMap<>();

    /// Those that are held, in the order they came; also those whose turn has come since.
    private final Deque<Held> held = new ArrayDeque<>();

    private int count;
    private long sizeBytes;
    private boolean closed;

    private record Held(Ticket ticket, long until) {}

    public Pool(PoolLimits limits) {
        this(limits, System::nanoTime);
    }

    /// @param nanos a clock that only runs forward
    Pool(PoolLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    /// Takes a transaction that is admissible; the same one again gets the ticket that it has.
    ///
    /// @param state the state after the last announced block, asked under the pool's lock
    public Parsed<Ticket> add(SignedTransaction signed, Supplier<? extends Reading> state) {
        Ticket ticket = Ticket.of(signed);
        VerifyingKey account = signed.transaction().account();
        synchronized (lock) {
            if (closed) {
                return Parsed.refused(Fault.STOPPING, "the chain is stopping");
            }
            giveUp();
            Line line = accounts.getOrDefault(account, new Line());
            Optional<Ticket> known = line.find(ticket.id());
            if (known.isPresent()) {
                return Parsed.of(known.get());
            }
            long due = line.due(Account.find(state.get(), account).map(Account::nonce).orElse(0L));
            boolean early = ticket.nonce() > due && ticket.nonce() - due < aheadMax();
            Verdict verdict =
                    (early ? line.free(ticket) : Execution.turn(ticket.nonce(), due))
                            .and(() -> room(ticket, line.count() + (early ? 1 : 0)));
            if (verdict instanceof Verdict.Rejected rejected) {
                return new Parsed.Refused<>(rejected);
            }
            accounts.put(account, line);
            count++;
            sizeBytes += ticket.sizeBytes();
            if (early) {
                line.hold(ticket);
                held.add(new Held(ticket, nanos.getAsLong() + HELD_NANOS_MAX));
            } else {
                waiting.addAll(line.join(ticket));
                lock.notifyAll();
            }
        }
        return Parsed.of(ticket);
    }

    private int aheadMax() {
        return Math.min(AHEAD_MAX, limits.perAccount());
    }

    /// Lets go of those that were held long enough.
    private void giveUp() {
        while (!held.isEmpty() && held.getFirst().until() - nanos.getAsLong() <= 0) {
            Ticket ticket = held.removeFirst().ticket();
            Line line = accounts.get(ticket.signed().transaction().account());
            if (line != null && line.isHeld(ticket)) {
                end(
                        ticket,
                        Parsed.refused(
                                Fault.NONCE_AHEAD,
                                "what has the nonces before " + ticket.nonce() + " did not come"));
            }
        }
    }

    /// @param own how many places of its account are taken: one is kept for whom the held wait for
    private Verdict room(Ticket ticket, int own) {
        if (own >= limits.perAccount()) {
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
            Line line = accounts.getOrDefault(account, new Line());
            line.remove(ticket);
            if (line.count() == 0) {
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
        List<Ticket> dropped = new ArrayList<>();
        synchronized (lock) {
            closed = true;
            dropped.addAll(waiting);
            accounts.values().forEach(line -> dropped.addAll(line.held()));
            waiting.clear();
            held.clear();
            lock.notifyAll();
        }
        dropped.forEach(
                ticket -> end(ticket, Parsed.refused(Fault.STOPPING, "the chain is stopping")));
    }
}
