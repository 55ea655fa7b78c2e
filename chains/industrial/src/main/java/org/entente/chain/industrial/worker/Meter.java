package org.entente.chain.industrial.worker;

import org.entente.chain.industrial.Message;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What a node did since its start, counted by many threads.
public final class Meter {
    private final Map<Kind, LongAdder> sent = new EnumMap<>(Kind.class);
    private final Map<Kind, LongAdder> received = new EnumMap<>(Kind.class);
    private final Map<Phase, LongAdder> nanos = new EnumMap<>(Phase.class);
    private final Map<Phase, LongAdder> counts = new EnumMap<>(Phase.class);
    private final LongAdder verified = new LongAdder();
    private final LongAdder viewChanges = new LongAdder();

    /// What the time of a block goes into.
    public enum Phase {
        /// Its transactions, once.
        EXECUTED,
        /// From the proposal until a quorum prepared it.
        PREPARED,
        /// From then until a quorum committed it.
        COMMITTED,
        /// A pledge is forced.
        PLEDGED,
        /// The block is forced.
        STORED
    }

    /// @param meanMicros of one
    public record Spent(long count, long meanMicros) {}

    public Meter() {
        for (Kind each : Kind.values()) {
            sent.put(each, new LongAdder());
            received.put(each, new LongAdder());
        }
        for (Phase each : Phase.values()) {
            nanos.put(each, new LongAdder());
            counts.put(each, new LongAdder());
        }
    }

    void sent(Message message, int peers) {
        of(sent, Kind.of(message)).add(peers);
    }

    void received(Message message) {
        of(received, Kind.of(message)).increment();
    }

    void verified() {
        verified.increment();
    }

    void viewsChanged(int count) {
        viewChanges.add(count);
    }

    void spent(Phase phase, long sinceNanos) {
        of(nanos, phase).add(System.nanoTime() - sinceNanos);
        of(counts, phase).increment();
    }

    private static <E extends Enum<E>> LongAdder of(Map<E, LongAdder> all, E which) {
        LongAdder found = all.get(which);
        if (found == null) {
            throw new IllegalStateException("nothing counts " + which);
        }
        return found;
    }

    public long sent(Kind kind) {
        return of(sent, kind).sum();
    }

    public long received(Kind kind) {
        return of(received, kind).sum();
    }

    /// Signatures; what was known to hold is not among them.
    public long verifications() {
        return verified.sum();
    }

    public long viewChanges() {
        return viewChanges.sum();
    }

    public Spent spent(Phase phase) {
        long count = of(counts, phase).sum();
        return new Spent(count, count == 0 ? 0 : of(nanos, phase).sum() / count / 1_000);
    }
}
