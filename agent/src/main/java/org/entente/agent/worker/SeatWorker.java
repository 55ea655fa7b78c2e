package org.entente.agent.worker;

import org.entente.agent.Effect;
import org.entente.agent.Event;
import org.entente.agent.Received;
import org.entente.agent.Seat;
import org.entente.agent.journal.DecisionJournal;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Verdict;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Sealed;
import org.entente.runtime.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs one seat: one platform thread, one bounded queue of events. What waits is taken together,
/// so that its decisions are forced and its words signed once for all of it.
///
/// When the journal cannot be written, or the seat is wrong, the process ends: what is not durable
/// is never said. A seat that stops for a reason of its own stays, says why, and signs nothing.
public final class SeatWorker {
    private static final Logger LOG = LoggerFactory.getLogger(SeatWorker.class);
    private static final int QUEUE_COUNT_MAX = 16_384;
    private static final int DRAIN_COUNT_MAX = 1_024;
    private static final Duration TICK_EVERY = Duration.ofMillis(20);

    private final Seat seat;
    private final DecisionJournal journal;
    private final Inquiries inquiries;
    private final Outlets outlets;
    private final InstantSource clock;
    private final ArrayBlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE_COUNT_MAX);
    private final Thread thread;
    private volatile Optional<Sealed> newest;
    private volatile Optional<Verdict.Rejected> stopped = Optional.empty();
    private volatile boolean stopping;

    /// Where what a seat says goes.
    ///
    /// @param say over the link; lost when it is closed
    /// @param whenFailed told when the seat cannot go on: the process must stop
    public record Outlets(
            Consumer<ToRelay> say, Consumer<Received> receive, Consumer<Throwable> whenFailed) {}

    SeatWorker(
            Seat seat,
            DecisionJournal journal,
            Inquiries inquiries,
            Outlets outlets,
            InstantSource clock) {
        this.seat = seat;
        this.journal = journal;
        this.inquiries = inquiries;
        this.outlets = outlets;
        this.clock = clock;
        this.newest = seat.newest();
        this.thread =
                Thread.ofPlatform()
                        .name("seat-" + seat.alliance().toString().substring(0, 8))
                        .start(this::run);
    }

    AllianceId alliance() {
        return seat.alliance();
    }

    Optional<Sealed> newest() {
        return newest;
    }

    /// Why it signs nothing any more, until a person acts.
    Optional<Verdict.Rejected> stopped() {
        return stopped;
    }

    /// Waits while the seat is behind.
    void tell(Event event) throws InterruptedException {
        if (!stopping) {
            queue.put(event);
        }
    }

    /// Ends it after what it does now; an interrupt would close the journal under its hands.
    void stop(Duration limit) throws InterruptedException {
        stopping = true;
        thread.join(limit);
    }

    private void run() {
        try {
            long ticked = System.nanoTime();
            while (!stopping) {
                List<Event> events = new ArrayList<>();
                Event first = queue.poll(TICK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    events.add(first);
                    queue.drainTo(events, DRAIN_COUNT_MAX);
                }
                if (System.nanoTime() - ticked >= TICK_EVERY.toNanos()) {
                    ticked = System.nanoTime();
                    events.add(new Event.Tick());
                }
                events.add(new Event.Drained());
                step(events);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but who wants its end.
            stopping = true;
        } catch (IOException | RuntimeException e) {
            stopping = true;
            queue.clear();
            outlets.whenFailed.accept(e);
        } finally {
            close();
        }
    }

    private void close() {
        try {
            journal.close();
        } catch (IOException e) {
            LOG.atWarn().log("closing a journal: {}", e.getMessage());
        }
    }

    /// Journaled decisions are forced before any later effect is performed.
    private void step(List<Event> first) throws IOException, InterruptedException {
        ArrayDeque<Event> events = new ArrayDeque<>(first);
        while (!events.isEmpty()) {
            for (Effect effect : seat.on(events.remove(), clock.instant())) {
                if (effect instanceof Effect.Journal(long upTo, var decisions)) {
                    journal.append(decisions);
                    events.addFirst(new Event.Journaled(upTo));
                } else {
                    perform(effect);
                }
            }
        }
        newest = seat.newest();
    }

    private void perform(Effect effect) throws InterruptedException {
        switch (effect) {
            case Effect.Journal _ -> throw new IllegalStateException("it was journaled before");
            case Effect.Say(ToRelay message) -> outlets.say.accept(message);
            case Effect.Ask(long query, var question) ->
                    background(() -> new Event.Answered(query, inquiries.answer(question)));
            case Effect.Follow(long from) -> background(() -> inquiries.follow(from));
            case Effect.Receive(Received received) -> outlets.receive.accept(received);
            case Effect.Tell(Effect.Tell.Weight weight, String words) -> log(weight, words);
            case Effect.Stop(var why) -> {
                stopped = Optional.of(why);
                LOG.atError()
                        .addKeyValue("alliance", alliance())
                        .addKeyValue("fault", why.fault())
                        .log("nothing is signed any more: {}", why.detail());
            }
        }
    }

    @FunctionalInterface
    private interface Waiting {
        Event come() throws InterruptedException;
    }

    private void background(Waiting waiting) {
        Thread _ =
                Threads.start(
                        "inquiry",
                        () -> {
                            try {
                                tell(waiting.come());
                            } catch (InterruptedException e) {
                                // Nobody waits for it any more.
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private void log(Effect.Tell.Weight weight, String words) {
        var line =
                switch (weight) {
                    case CHANGE -> LOG.atInfo();
                    case WARNING -> LOG.atWarn();
                    case ERROR -> LOG.atError();
                };
        line.addKeyValue("alliance", alliance()).log(words);
    }
}
