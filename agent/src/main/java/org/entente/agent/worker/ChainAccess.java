package org.entente.agent.worker;

import org.entente.adapter.Chain;
import org.entente.adapter.ChainUnreachable;
import org.entente.adapter.Seen;
import org.entente.adapter.Sending;
import org.entente.adapter.Snapshot;
import org.entente.agent.Answer;
import org.entente.agent.Question;
import org.entente.protocol.ChainId;
import org.entente.protocol.Sorted;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.log.Settlement;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// The chains that this agent sees, each with a lane of its own, so that one that does not answer
/// holds up nobody else's questions.
public final class ChainAccess implements AutoCloseable {
    /// How many questions one chain is asked at once; the others wait. Reads are gathered instead.
    private static final int LANE_COUNT = 128;

    private final SortedMap<ChainId, Lane> lanes;

    /// @param chains how each adapter is made; made again when what it prepared was refused, since
    ///   it counts on a transaction that will never be included
    public ChainAccess(SortedMap<ChainId, Supplier<Chain>> chains) {
        TreeMap<ChainId, Lane> made = new TreeMap<>();
        chains.forEach((id, supplier) -> made.put(id, new Lane(supplier)));
        this.lanes = Sorted.copyOf(made);
    }

    @FunctionalInterface
    private interface Asked<T> {
        T of(Chain chain) throws ChainUnreachable, InterruptedException;
    }

    private static final class Lane {
        private final Supplier<Chain> supplier;
        private final Semaphore free = new Semaphore(LANE_COUNT, true);

        private final Gathered<Place, Snapshot> keys = new Gathered<>(all -> chain().read(all));

        /// By the inbox.
        private final ConcurrentSkipListMap<String, Gathered<Long, SortedMap<Long, Settlement>>>
                outcomes = new ConcurrentSkipListMap<>();

        /// Guarded by the lane.
        private Chain chain;

        Lane(Supplier<Chain> supplier) {
            this.supplier = supplier;
            this.chain = supplier.get();
        }

        Seen<Snapshot> read(SortedSet<Place> places) throws ChainUnreachable, InterruptedException {
            return keys.ask(places).map(all -> part(all, places));
        }

        private static Snapshot part(Snapshot all, SortedSet<Place> places) {
            return all.held().size() == places.size()
                    ? all
                    : new Snapshot(
                            all.point(),
                            all.held().stream()
                                    .filter(held -> places.contains(held.place()))
                                    .toList());
        }

        Seen<Optional<Settlement>> outcome(String inbox, long serial)
                throws ChainUnreachable, InterruptedException {
            return outcomes.computeIfAbsent(
                            inbox, _ -> new Gathered<>(all -> chain().outcomes(inbox, all)))
                    .ask(Sorted.copyOf(List.of(serial)))
                    .map(ended -> Optional.ofNullable(ended.get(serial)));
        }

        /// One question for itself.
        <T> T alone(Asked<T> asked) throws ChainUnreachable, InterruptedException {
            free.acquire();
            try {
                return asked.of(chain());
            } finally {
                free.release();
            }
        }

        synchronized Chain chain() {
            return chain;
        }

        synchronized void renew() {
            chain.close();
            chain = supplier.get();
        }
    }

    public SortedSet<ChainId> ids() {
        return Sorted.copyOf(lanes.keySet());
    }

    /// Waits for the chain.
    Answer answer(ChainId id, Question question) throws InterruptedException {
        Lane lane = lanes.get(id);
        if (lane == null) {
            return new Answer.Away(id + " is not followed here");
        }
        try {
            return asked(lane, question);
        } catch (ChainUnreachable e) {
            return new Answer.Away(String.valueOf(e.getMessage()));
        }
    }

    private static Answer asked(Lane lane, Question question)
            throws ChainUnreachable, InterruptedException {
        return switch (question) {
            case Question.Keys(var _, var places) -> new Answer.Keys(lane.read(places));
            case Question.Head(var _) -> new Answer.Head(lane.alone(Chain::head));
            case Question.Function(var _, var call) ->
                    new Answer.Function(lane.alone(chain -> chain.call(call)));
            case Question.InboxAt(var _, var address) ->
                    new Answer.InboxAt(lane.alone(chain -> chain.inbox(address)));
            case Question.OutcomeAt(var _, var inbox, long serial) ->
                    new Answer.OutcomeAt(lane.outcome(inbox, serial));
            case Question.Prepare(var _, var call) ->
                    new Answer.Prepared(lane.alone(chain -> chain.prepare(call)));
            case Question.Send(var _, var prepared) -> {
                Sending sending = lane.alone(chain -> chain.send(prepared));
                if (sending instanceof Sending.Refused) {
                    lane.renew();
                }
                yield new Answer.Sent(sending);
            }
            case Question.Upload _, Question.Document _ ->
                    throw new IllegalArgumentException("no question to a chain: " + question);
        };
    }

    @Override
    public void close() {
        lanes.values().forEach(lane -> lane.chain().close());
    }
}
