package org.entente.relay.worker;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.FullSequence;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.CancelWish;
import org.entente.protocol.log.Sealed;
import org.entente.registry.SignedChange;
import org.entente.relay.Desk;
import org.entente.relay.Effect;
import org.entente.relay.Event;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// The desks of all alliances.
public final class Desks implements AllianceLogs, AutoCloseable {
    private static final Duration APPEND_TIME_MAX = Duration.ofMinutes(1);
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(20);

    private final Logs logs;
    private final DeskSurroundings with;
    private volatile SortedMap<AllianceId, DeskWorker> desks = Sorted.empty();

    /// Who is connected, for a desk that is made later.
    private final Map<NodeId, Event.Joined> connected = new ConcurrentSkipListMap<>();

    /// @throws LogBehindSeal when a log lacks what a majority sealed
    public Desks(Logs logs, DeskSurroundings with) throws IOException {
        this.logs = logs;
        this.with = with;
        for (var log : logs.alliances().entrySet()) {
            desks =
                    Sorted.with(
                            desks,
                            log.getKey(),
                            new DeskWorker(log.getKey(), log.getValue(), with));
        }
    }

    public SortedMap<AllianceId, DeskWorker> all() {
        return desks;
    }

    public Optional<DeskWorker> desk(AllianceId alliance) {
        return Optional.ofNullable(desks.get(alliance));
    }

    public DeskSurroundings surroundings() {
        return with;
    }

    /// Called by the one thread that records.
    @Override
    public DeskWorker.Forced append(AllianceId alliance, int from, List<SignedChange> changes)
            throws IOException, InterruptedException {
        DeskWorker desk = desks.get(alliance);
        if (desk == null) {
            desk = new DeskWorker(alliance, logs.allianceLog(alliance), with);
            desks = Sorted.with(desks, alliance, desk);
        }
        Effect answer = desk.ask(ticket -> new Event.Due(ticket, from, changes), APPEND_TIME_MAX);
        if (!(answer instanceof Effect.Stands)) {
            throw new IOException("the changes of " + alliance + " were not appended: " + answer);
        }
        for (Event.Joined joined : connected.values()) {
            desk.tell(joined);
        }
        return desk.forced()
                .orElseThrow(() -> new IOException("the log of " + alliance + " has no record 0"));
    }

    /// An agent's line is open and it has said its term.
    public void joined(NodeId agent, long term, List<Sealed> newest) throws InterruptedException {
        connected.put(agent, new Event.Joined(agent, term, List.of()));
        for (var desk : desks.entrySet()) {
            desk.getValue()
                    .tell(
                            new Event.Joined(
                                    agent,
                                    term,
                                    newest.stream()
                                            .filter(sealed ->
                                                    sealed.seal().alliance().equals(desk.getKey()))
                                            .toList()));
        }
    }

    public void left(NodeId agent) throws InterruptedException {
        connected.remove(agent);
        for (DeskWorker desk : desks.values()) {
            desk.tell(new Event.Left(agent));
        }
    }

    public void heard(NodeId agent, ToRelay message) throws InterruptedException {
        Optional<DeskWorker> desk = alliance(message).flatMap(this::desk);
        if (desk.isPresent()) {
            desk.get().forced().ifPresent(forced -> warm(forced).message(agent, message));
            desk.get().tell(new Event.Heard(agent, message));
        }
    }

    private Prewarming warm(DeskWorker.Forced forced) {
        return new Prewarming(forced.alliance(), with.verifier());
    }

    /// Posts a request and waits until the desk has taken or refused it.
    public Effect post(Asked asked) throws InterruptedException {
        return ask(
                asked.ask().request().alliance(),
                ticket -> new Event.Posted(ticket, asked),
                warming -> warming.ask(asked.ask(), with.clock().instant()));
    }

    /// Submits what somebody collected, and waits for the promise.
    public Effect submit(FullSequence full) throws InterruptedException {
        return ask(
                full.sequence().ask().request().alliance(),
                ticket -> new Event.Submitted(ticket, full),
                warming -> warming.submission(full, with.clock().instant()));
    }

    /// Brings an owner's wish and waits until it stands in the log.
    public Effect wish(CancelWish wish) throws InterruptedException {
        return ask(
                wish.cancellation().alliance(),
                ticket -> new Event.Wished(ticket, wish.cancellation(), wish.wish()),
                _ -> {});
    }

    /// Has a delivery tried again now.
    public Effect retry(AllianceId alliance, long serial) throws InterruptedException {
        return ask(alliance, ticket -> new Event.Retried(ticket, serial), _ -> {});
    }

    private Effect ask(AllianceId alliance, LongFunction<Event> event, Consumer<Prewarming> warming)
            throws InterruptedException {
        Optional<DeskWorker> desk = desk(alliance);
        if (desk.isEmpty()) {
            return new Effect.Refuse(
                    0, new Verdict.Rejected(Fault.NOT_FOUND, "no alliance " + alliance));
        }
        desk.get().forced().ifPresent(forced -> warming.accept(warm(forced)));
        return desk.get().ask(event, ANSWER_TIME_MAX);
    }

    private static Optional<AllianceId> alliance(ToRelay message) {
        return switch (message) {
            case ToRelay.Proposed it -> Optional.of(it.alliance());
            case ToRelay.Endorsed it -> Optional.of(it.alliance());
            case ToRelay.Attested it -> Optional.of(it.alliance());
            case ToRelay.Declined it -> Optional.of(it.alliance());
            case ToRelay.Sealing it -> Optional.of(it.seal().alliance());
            case ToRelay.Objected it -> Optional.of(it.alliance());
            case ToRelay.Brought it -> Optional.of(it.alliance());
            case ToRelay.Observed it -> Optional.of(it.settlement().alliance());
            case ToRelay.Broken it -> Optional.of(it.said().alliance());
            case ToRelay.Looked it -> Optional.of(it.alliance());
            case ToRelay.Hello _, ToRelay.Elsewhere _ -> Optional.empty();
        };
    }

    /// All desks together.
    public Desk.Load load() {
        int collecting = 0;
        int outbox = 0;
        int parked = 0;
        for (DeskWorker desk : desks.values()) {
            collecting += desk.load().collecting();
            outbox += desk.load().outbox();
            parked += desk.load().parked();
        }
        return new Desk.Load(collecting, outbox, parked);
    }

    @Override
    public void close() {
        desks.values().forEach(DeskWorker::close);
    }
}
