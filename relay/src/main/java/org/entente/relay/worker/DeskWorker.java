package org.entente.relay.worker;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Entry;
import org.entente.registry.Alliance;
import org.entente.relay.Desk;
import org.entente.relay.Effect;
import org.entente.relay.Event;
import org.entente.relay.Surroundings;
import org.entente.relay.journal.Convictions;
import org.entente.relay.journal.PromiseLog;
import org.entente.relay.journal.SealFiles;
import org.entente.relay.log.Log;
import org.entente.relay.log.LogRecord;
import org.entente.relay.log.LogUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongFunction;

/// The one thread that runs an alliance's [Desk] and performs its effects. It never waits for the
/// disk: records are handed to the log, and a second thread says when they are forced.
public final class DeskWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeskWorker.class);
    private static final int WAITING_MAX = 16_384;
    private static final int AT_ONCE_MAX = 256;
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration CLOSE_TIME_MAX = Duration.ofSeconds(10);

    private final Desk desk;
    private final DeskSurroundings with;
    private final SealFiles seals;
    private final Convictions convictions;
    private final Log promises;
    private final Forcing forcing;
    private final Forcing promising;
    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Map<Long, CompletableFuture<Effect>> tickets = new ConcurrentHashMap<>();
    private final AtomicLong lastTicket = new AtomicLong();
    private final Thread thread;
    private volatile Optional<Forced> forced = Optional.empty();
    private volatile Desk.Load load = new Desk.Load(0, 0, 0);
    private volatile boolean stopping;
    private long told;
    private long keptPromises;

    /// The fold of the alliance at a size that is forced.
    public record Forced(Alliance alliance, long size) {}

    DeskWorker(AllianceId id, Log log, DeskSurroundings with) throws IOException {
        this.with = with;
        this.seals = new SealFiles(with.folder().resolve("seals").resolve(id.toString()));
        this.convictions =
                new Convictions(with.folder().resolve("convictions").resolve(id.toString()));
        this.desk =
                new Desk(
                        id,
                        with.signer(),
                        with.verifier(),
                        with.rules(),
                        new Surroundings() {
                            @Override
                            public Digest root(long size) {
                                return log.tree(size).root();
                            }

                            @Override
                            public boolean holds(Digest payload) {
                                return with.payloads().has(payload);
                            }
                        });
        this.promises =
                PromiseLog.open(
                        with.folder().resolve("promises").resolve(id.toString()),
                        id,
                        with.whenFailed());
        PromiseLog.all(promises).forEach(desk::promised);
        this.keptPromises = promises.size();
        this.told = log.size();
        for (long serial = 0; serial < told; serial++) {
            desk.replay(record(log.read(serial)));
        }
        List<Effect> owed =
                desk.opened(seals.kept(), convictions.convicted(), with.clock().instant());
        for (Effect effect : owed) {
            if (effect instanceof Effect.Stop(String why)) {
                promises.close();
                throw new LogBehindSeal(why);
            }
        }
        Runnable poke = () -> waiting.offer(() -> {});
        this.forcing = new Forcing(log, poke, with.whenFailed());
        this.promising = new Forcing(promises, poke, with.whenFailed());
        publish();
        this.thread =
                Thread.ofPlatform()
                        .name("desk-" + id.toString().substring(0, 8))
                        .start(() -> work(owed));
    }

    private static EntryRecord record(LogRecord record) {
        return new EntryRecord(
                Entry.FORMAT.decode(record.entry()).orThrow(), record.content(), record.evidence());
    }

    /// The alliance as it stands on disk; empty before record 0.
    public Optional<Forced> forced() {
        return forced;
    }

    public Desk.Load load() {
        return load;
    }

    /// Tells the desk, waiting while it has too much to do.
    void tell(Event event) throws InterruptedException {
        waiting.put(() -> perform(desk.on(event, with.clock().instant())));
    }

    /// Tells the desk and waits for its answer.
    public Effect ask(LongFunction<Event> event, Duration timeMax) throws InterruptedException {
        long ticket = lastTicket.incrementAndGet();
        CompletableFuture<Effect> answer = new CompletableFuture<>();
        tickets.put(ticket, answer);
        Event asked = event.apply(ticket);
        try {
            if (stopping || !waiting.offer(() -> perform(desk.on(asked, with.clock().instant())))) {
                return refused(
                        ticket,
                        stopping ? Fault.STOPPING : Fault.OVERLOADED,
                        "the alliance's desk takes nothing more now");
            }
            return answer.get(timeMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return refused(ticket, Fault.OVERLOADED, "not answered within " + timeMax);
        } catch (ExecutionException e) {
            return refused(ticket, Fault.STOPPING, "the desk has stopped");
        } finally {
            tickets.remove(ticket);
        }
    }

    private static Effect refused(long ticket, Fault fault, String detail) {
        return new Effect.Refuse(ticket, new Verdict.Rejected(fault, detail));
    }

    /// Looks at the desk between two events.
    public <T> T look(Function<Desk, T> look) throws InterruptedException {
        CompletableFuture<T> seen = new CompletableFuture<>();
        waiting.put(() -> seen.complete(look.apply(desk)));
        try {
            return seen.get(CLOSE_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the desk does not answer", e);
        }
    }

    private void work(List<Effect> owed) {
        try {
            perform(owed);
            long ticked = System.nanoTime();
            while (!stopping || !waiting.isEmpty()) {
                Runnable task = waiting.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                for (int count = 0; task != null && count < AT_ONCE_MAX; count++) {
                    task.run();
                    task = waiting.poll();
                }
                if (task != null) {
                    task.run();
                }
                followDisk();
                if (System.nanoTime() - ticked >= TICK.toNanos()) {
                    ticked = System.nanoTime();
                    perform(desk.on(new Event.Tick(), with.clock().instant()));
                }
            }
        } catch (RuntimeException e) {
            with.whenFailed().accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopping = true;
            tickets.values()
                    .forEach(ticket ->
                            ticket.completeExceptionally(
                                    new IllegalStateException("the desk has stopped")));
        }
    }

    private void followDisk() {
        long kept = promising.size();
        if (kept > keptPromises) {
            keptPromises = kept;
            perform(desk.on(new Event.Kept(kept), with.clock().instant()));
        }
        long size = forcing.size();
        if (size > told) {
            told = size;
            perform(desk.on(new Event.Committed(size), with.clock().instant()));
            publish();
        }
        load = desk.load();
    }

    /// Exchanges change nothing of the alliance itself, so that it is as it is on disk unless a
    /// change of it is not forced yet; under load something always is on its way.
    private void publish() {
        boolean same =
                desk.alliance()
                        .map(Alliance::changes)
                        .equals(forced.map(before -> before.alliance().changes()));
        if (same || desk.size() == told) {
            publishAll();
        }
    }

    private void publishAll() {
        forced = desk.alliance().map(alliance -> new Forced(alliance, told));
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            try {
                perform(effect);
            } catch (IOException | LogUnavailable e) {
                throw new IllegalStateException("an effect cannot be performed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private void perform(Effect effect) throws IOException, LogUnavailable, InterruptedException {
        switch (effect) {
            case Effect.Append(EntryRecord record) -> forcing.append(record);
            case Effect.Promise(long number, var promise) ->
                    promising.append(number, PromiseLog.record(promise));
            case Effect.Send(var agent, var message) -> with.lines().send(agent, message);
            case Effect.Answer answer -> answer(answer.ticket(), effect);
            case Effect.Accepted accepted -> answer(accepted.ticket(), effect);
            case Effect.Stands stands -> {
                // Whoever is answered finds it in what others read. Changes come one at a time, so
                // none is on its way behind one that stands.
                if (stands.size() <= told) {
                    publishAll();
                }
                answer(stands.ticket(), effect);
            }
            case Effect.Refuse refuse -> answer(refuse.ticket(), effect);
            case Effect.Moved(var status) -> with.watchers().moved(status);
            case Effect.KeepSeal(var sealed, var keep) -> seals.keep(sealed, keep);
            case Effect.Hold(var payloads) -> with.payloads().hold(payloads);
            case Effect.Release(var payloads) -> with.payloads().release(payloads);
            case Effect.Convict convict -> {
                convictions.keep(convict);
                LOG.atError()
                        .addKeyValue("alliance", desk.id())
                        .addKeyValue("agent", convict.agent())
                        .addKeyValue("about", convict.about())
                        .addKeyValue("fault", Fault.EQUIVOCATION)
                        .log(
                                "an agent signed two things that exclude each other; it is not"
                                        + " asked any more");
            }
            case Effect.Tell tell -> tell(tell);
            case Effect.Warn(var agent, String what) ->
                    LOG.atWarn()
                            .addKeyValue("alliance", desk.id())
                            .addKeyValue("agent", agent)
                            .log(what);
            case Effect.Stop(String why) -> {
                stopping = true;
                with.whenFailed().accept(new LogBehindSeal(why));
            }
        }
    }

    private void tell(Effect.Tell tell) {
        with.counts().accept(tell);
        LoggingEventBuilder line =
                LOG.atInfo()
                        .addKeyValue("alliance", desk.id())
                        .addKeyValue("exchange", tell.exchange())
                        .addKeyValue("flow", tell.flow());
        if (tell.serial().isPresent()) {
            line = line.addKeyValue("serial", tell.serial().getAsLong());
        }
        if (tell.fault().isPresent()) {
            line = line.addKeyValue("fault", tell.fault().get());
        }
        line.addKeyValue("elapsedMs", tell.elapsed().toMillis()).log(tell.what());
    }

    private void answer(long ticket, Effect effect) {
        CompletableFuture<Effect> waitingFor = tickets.remove(ticket);
        if (waitingFor != null) {
            waitingFor.complete(effect);
        }
    }

    /// Does what waits, then ends; what was handed to the log is forced by its own closing.
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(CLOSE_TIME_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        forcing.close();
        promising.close();
        try {
            promises.close();
        } catch (IOException e) {
            LOG.atWarn().log("closing the promises: {}", e.getMessage());
        }
    }
}
