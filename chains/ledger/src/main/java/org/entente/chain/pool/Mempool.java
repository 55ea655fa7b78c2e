package org.entente.chain.pool;

import org.entente.chain.Receipt;
import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Execution;
import org.entente.chain.execution.Ledger;
import org.entente.chain.state.State;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// Transactions until their block is final. One that is in a block stays, so a block that is
/// replaced takes nothing with it: upon another branch it is simply next again.
public final class Mempool {
    /// How far ahead of its turn one is taken.
    private static final int AHEAD_MAX = 1_024;

    /// How long one waits for those before it.
    private static final long GAP_NANOS_MAX = Duration.ofMinutes(1).toNanos();

    private final PoolLimits limits;
    private final int transactionSizeBytesMax;
    private final LongSupplier nanos;

    /// Guards everything below.
    private final Object lock = new Object();

    /// By account, in the order of their first transactions; each account's by nonce.
    private final Map<VerifyingKey, TreeMap<Long, Ticket>> accounts = new LinkedHashMap<>();

    private final Map<Digest, Ticket> byId = new LinkedHashMap<>();

    /// Since when those are here that were ahead of their turn when they came, in that order.
    private final Map<Ticket, Long> early = new LinkedHashMap<>();

    private long sizeBytes;
    private boolean closed;

    /// @param transactionSizeBytesMax of which a block can hold one at least
    public Mempool(PoolLimits limits, int transactionSizeBytesMax) {
        this(limits, transactionSizeBytesMax, System::nanoTime);
    }

    /// @param nanos a clock that only runs forward
    public Mempool(PoolLimits limits, int transactionSizeBytesMax, LongSupplier nanos) {
        this.limits = limits;
        this.transactionSizeBytesMax = transactionSizeBytesMax;
        this.nanos = nanos;
    }

    /// Whether it was not here before.
    public record Added(Ticket ticket, boolean isNew) {}

    /// Takes a transaction that is admissible.
    ///
    /// @param last the state after the newest final block
    public Parsed<Added> add(SignedTransaction signed, State last) {
        Ticket ticket = Ticket.of(signed);
        VerifyingKey account = signed.transaction().account();
        long next = Account.find(last, account).map(Account::nonce).orElse(0L);
        synchronized (lock) {
            if (closed) {
                return Parsed.refused(Fault.STOPPING, "the chain is stopping");
            }
            Ticket known = byId.get(ticket.id());
            if (known != null) {
                return Parsed.of(new Added(known, false));
            }
            TreeMap<Long, Ticket> own = accounts.getOrDefault(account, new TreeMap<>());
            Verdict verdict =
                    turn(ticket, next)
                            .and(() -> free(ticket, own))
                            .and(() -> room(ticket, own.size()));
            if (verdict instanceof Verdict.Rejected why) {
                return new Parsed.Refused<>(why);
            }
            if (ticket.nonce() > next && !own.containsKey(ticket.nonce() - 1)) {
                early.put(ticket, nanos.getAsLong());
            }
            own.put(ticket.nonce(), ticket);
            accounts.putIfAbsent(account, own);
            byId.put(ticket.id(), ticket);
            sizeBytes += ticket.sizeBytes();
        }
        return Parsed.of(new Added(ticket, true));
    }

    private static Verdict turn(Ticket ticket, long next) {
        return ticket.nonce() >= next && ticket.nonce() < next + AHEAD_MAX
                ? Verdict.accepted()
                : Execution.turn(ticket.nonce(), next);
    }

    private static Verdict free(Ticket ticket, Map<Long, Ticket> own) {
        return own.containsKey(ticket.nonce())
                ? Verdict.rejected(
                        Fault.NONCE_USED, "another transaction with this nonce is waiting")
                : Verdict.accepted();
    }

    private Verdict room(Ticket ticket, int own) {
        if (ticket.sizeBytes() > transactionSizeBytesMax) {
            return Verdict.rejected(
                    Fault.TOO_LARGE, "no block holds " + ticket.sizeBytes() + " bytes");
        }
        if (own >= limits.perAccount()) {
            return Verdict.rejected(
                    Fault.OVERLOADED, limits.perAccount() + " of this account are waiting");
        }
        return byId.size() < limits.count() && sizeBytes + ticket.sizeBytes() <= limits.sizeBytes()
                ? Verdict.accepted()
                : Verdict.rejected(Fault.OVERLOADED, byId.size() + " transactions are waiting");
    }

    /// Those that could be next upon a state, each account's in order.
    public List<SignedTransaction> next(State state, int countMax, int sizeBytesMax) {
        List<SignedTransaction> next = new ArrayList<>();
        long size = 0;
        synchronized (lock) {
            for (var account : accounts.entrySet()) {
                if (next.size() == countMax || size > sizeBytesMax) {
                    break;
                }
                long nonce = Account.find(state, account.getKey()).map(Account::nonce).orElse(0L);
                for (Ticket ticket : account.getValue().tailMap(nonce).values()) {
                    if (ticket.nonce() != nonce || next.size() == countMax) {
                        break;
                    }
                    size += ticket.sizeBytes() + 4L;
                    if (size > sizeBytesMax) {
                        break;
                    }
                    next.add(ticket.signed());
                    nonce++;
                }
            }
        }
        return next;
    }

    public Optional<SignedTransaction> find(Digest id) {
        synchronized (lock) {
            return Optional.ofNullable(byId.get(id)).map(Ticket::signed);
        }
    }

    public List<Digest> ids() {
        synchronized (lock) {
            return List.copyOf(byId.keySet());
        }
    }

    public int count() {
        synchronized (lock) {
            return byId.size();
        }
    }

    /// A block is final: whoever waits for its transactions is told, and what can never be included
    /// any longer is let go.
    ///
    /// @param last the chain after that block
    public void settled(Ledger last, List<Receipt> receipts) {
        List<Runnable> ends = new ArrayList<>();
        synchronized (lock) {
            for (int index = 0; index < receipts.size(); index++) {
                Receipt receipt = receipts.get(index);
                Ticket ticket = byId.get(receipt.transaction());
                if (ticket != null) {
                    remove(ticket);
                    Inclusion inclusion = new Inclusion(last.height(), index, receipt, "");
                    ends.add(() -> ticket.end(Parsed.of(inclusion)));
                }
            }
            over(last.state())
                    .forEach((ticket, why) -> {
                        remove(ticket);
                        ends.add(() -> ticket.end(new Parsed.Refused<>(why)));
                    });
        }
        ends.forEach(Runnable::run);
    }

    /// Lets go of one that cannot be included.
    public void refuse(Digest id, Verdict.Rejected why) {
        Optional<Ticket> refused;
        synchronized (lock) {
            refused = Optional.ofNullable(byId.get(id));
            refused.ifPresent(this::remove);
        }
        refused.ifPresent(it -> it.end(new Parsed.Refused<>(why)));
    }

    /// What can never be included any longer, and why.
    private Map<Ticket, Verdict.Rejected> over(State state) {
        Map<Ticket, Verdict.Rejected> over = new LinkedHashMap<>();
        accounts.forEach((key, own) -> {
            Optional<Account> account = Account.find(state, key);
            long next = account.map(Account::nonce).orElse(0L);
            for (Ticket ticket : own.headMap(next).values()) {
                over.put(
                        ticket,
                        Verdict.rejected(
                                Fault.NONCE_USED,
                                "another transaction had nonce " + ticket.nonce()));
            }
            boolean isAdmitted =
                    account.filter(it -> it.standing() == Account.Standing.ADMITTED).isPresent();
            if (!isAdmitted) {
                for (Ticket ticket : own.tailMap(next).values()) {
                    over.put(ticket, Verdict.rejected(Fault.UNKNOWN_ACCOUNT, key));
                }
            }
        });
        return over;
    }

    /// Lets go of those that waited long enough for others before them: who has lost these sends
    /// all again, and nobody fills pools with what can never be included.
    ///
    /// @param head the state after the newest block
    public void tidy(State head) {
        List<Ticket> dropped = new ArrayList<>();
        synchronized (lock) {
            long now = nanos.getAsLong();
            List<Ticket> late =
                    early.entrySet().stream()
                            .takeWhile(each -> now - each.getValue() >= GAP_NANOS_MAX)
                            .map(Map.Entry::getKey)
                            .toList();
            for (Ticket ticket : late) {
                early.remove(ticket);
                dropped.addAll(behindGap(ticket, head));
            }
            dropped.forEach(this::remove);
        }
        dropped.forEach(ticket ->
                ticket.end(
                        Parsed.refused(
                                Fault.NONCE_AHEAD,
                                "what has the nonces before " + ticket.nonce() + " did not come")));
    }

    /// A transaction and those that follow on it, where one before them is missing.
    private List<Ticket> behindGap(Ticket ticket, State head) {
        VerifyingKey account = ticket.signed().transaction().account();
        TreeMap<Long, Ticket> own = accounts.getOrDefault(account, new TreeMap<>());
        long turn = Account.find(head, account).map(Account::nonce).orElse(0L);
        while (own.containsKey(turn)) {
            turn++;
        }
        List<Ticket> behind = new ArrayList<>();
        if (ticket.nonce() > turn) {
            for (long nonce = ticket.nonce(); own.containsKey(nonce); nonce++) {
                behind.add(Objects.requireNonNull(own.get(nonce)));
            }
        }
        return behind;
    }

    private void remove(Ticket ticket) {
        early.remove(ticket);
        VerifyingKey account = ticket.signed().transaction().account();
        TreeMap<Long, Ticket> own = accounts.getOrDefault(account, new TreeMap<>());
        own.remove(ticket.nonce());
        if (own.isEmpty()) {
            accounts.remove(account);
        }
        byId.remove(ticket.id());
        sizeBytes -= ticket.sizeBytes();
    }

    /// Takes nothing more; what waits is refused, and may be sent again.
    public void close() {
        List<Ticket> dropped;
        synchronized (lock) {
            closed = true;
            dropped = List.copyOf(byId.values());
            accounts.clear();
            byId.clear();
            early.clear();
            sizeBytes = 0;
        }
        dropped.forEach(
                ticket -> ticket.end(Parsed.refused(Fault.STOPPING, "the chain is stopping")));
    }
}
