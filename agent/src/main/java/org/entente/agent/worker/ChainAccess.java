package org.entente.agent.worker;

import org.entente.adapter.Chain;
import org.entente.adapter.ChainUnreachable;
import org.entente.adapter.Sending;
import org.entente.agent.Answer;
import org.entente.agent.Question;
import org.entente.protocol.ChainId;
import org.entente.protocol.Sorted;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// The chains that this agent sees, each with a lane of its own, so that one that does not answer
/// holds up nobody else's questions.
public final class ChainAccess implements AutoCloseable {
    /// How many questions one chain is asked at once; the others wait.
    private static final int LANE_COUNT = 64;

    private final SortedMap<ChainId, Lane> lanes;

    /// @param chains how each adapter is made; made again when what it prepared was refused, since
    ///   it counts on a transaction that will never be included
    public ChainAccess(SortedMap<ChainId, Supplier<Chain>> chains) {
        TreeMap<ChainId, Lane> made = new TreeMap<>();
        chains.forEach((id, supplier) -> made.put(id, new Lane(supplier)));
        this.lanes = Sorted.copyOf(made);
    }

    private static final class Lane {
        private final Supplier<Chain> supplier;
        private final Semaphore free = new Semaphore(LANE_COUNT, true);

        /// Guarded by the lane.
        private Chain chain;

        Lane(Supplier<Chain> supplier) {
            this.supplier = supplier;
            this.chain = supplier.get();
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
        lane.free.acquire();
        try {
            return asked(lane, question);
        } catch (ChainUnreachable e) {
            return new Answer.Away(String.valueOf(e.getMessage()));
        } finally {
            lane.free.release();
        }
    }

    private static Answer asked(Lane lane, Question question)
            throws ChainUnreachable, InterruptedException {
        Chain chain = lane.chain();
        return switch (question) {
            case Question.Keys(var _, var places) -> new Answer.Keys(chain.read(places));
            case Question.Function(var _, var call) -> new Answer.Function(chain.call(call));
            case Question.InboxAt(var _, var address) -> new Answer.InboxAt(chain.inbox(address));
            case Question.OutcomeAt(var _, var inbox, long serial) ->
                    new Answer.OutcomeAt(chain.outcome(inbox, serial));
            case Question.Prepare(var _, var call) -> new Answer.Prepared(chain.prepare(call));
            case Question.Send(var _, var prepared) -> {
                Sending sending = chain.send(prepared);
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
