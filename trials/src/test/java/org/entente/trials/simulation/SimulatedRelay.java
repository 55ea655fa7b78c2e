package org.entente.trials.simulation;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Sealed;
import org.entente.relay.Desk;
import org.entente.relay.DeskRules;
import org.entente.relay.Effect;
import org.entente.relay.Event;
import org.entente.relay.SignedPromise;
import org.entente.relay.Status;
import org.entente.relay.Surroundings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// The relay's process: the production [Desk], a disk that forces late, links and payloads.
final class SimulatedRelay {
    private static final Duration TICK = Duration.ofMillis(100);

    private final World world;
    private final Chance chance;
    private final Clock clock;

    // What lasts.
    private final LogDisk log = new LogDisk();
    private final TreeMap<Long, Sealed> epochSeals = new TreeMap<>();
    private final TreeSet<NodeId> convicted = new TreeSet<>();
    private final TreeMap<Digest, Bytes> payloads = new TreeMap<>();
    private final List<SignedPromise> promises = new ArrayList<>();
    private Optional<Sealed> newestSeal = Optional.empty();

    // What a crash forgets.
    private final TreeMap<NodeId, Link> links = new TreeMap<>();
    private final TreeMap<Long, Consumer<Effect>> tickets = new TreeMap<>();
    private Optional<Desk> desk = Optional.empty();
    private boolean forcing;

    private long life;
    private long ticket;
    private double crashes;
    private Optional<String> stopped = Optional.empty();

    SimulatedRelay(World world) {
        this.world = world;
        this.chance = world.chance().branch();
        this.clock = new Clock(world.agenda(), chance.branch());
    }

    Clock clock() {
        return clock;
    }

    LogDisk log() {
        return log;
    }

    boolean isUp() {
        return desk.isPresent();
    }

    Optional<Desk> desk() {
        return desk;
    }

    Optional<String> stopped() {
        return stopped;
    }

    Optional<Sealed> newestSeal() {
        return newestSeal;
    }

    Optional<Bytes> payload(Digest digest) {
        return Optional.ofNullable(payloads.get(digest));
    }

    /// How likely it crashes at each step of what it does.
    void crashes(double probability) {
        crashes = probability;
    }

    void start() {
        life++;
        forcing = false;
        Desk fresh =
                new Desk(
                        world.alliance(),
                        world.cast().relay(),
                        world.verifier(),
                        DeskRules.STANDARD,
                        new Surroundings() {
                            @Override
                            public Digest root(long size) {
                                return log.tree(size).root();
                            }

                            @Override
                            public boolean holds(Digest payload) {
                                return payloads.containsKey(payload);
                            }
                        });
        world.trace().line("relay", "starts with " + log.size());
        world.watch().restarted(log.size());
        promises.forEach(fresh::promised);
        for (EntryRecord record : log.from(0, Integer.MAX_VALUE)) {
            fresh.replay(record);
        }
        List<Sealed> kept = new ArrayList<>(epochSeals.values());
        newestSeal.filter(each -> !epochSeals.containsKey(each.seal().size())).ifPresent(kept::add);
        kept.sort((a, b) -> Long.compare(a.seal().size(), b.seal().size()));
        desk = Optional.of(fresh);
        perform(fresh.opened(kept, convicted, clock.now()));
        due();
        tick(life);
    }

    /// Hands the desk what the registry owes the log.
    void due() {
        on(new Event.Due(++ticket, 0, world.registrar().owed(world.alliance())));
    }

    private void tick(long of) {
        world.agenda()
                .plan(
                        TICK,
                        () -> {
                            if (of == life && isUp()) {
                                on(new Event.Tick());
                                tick(of);
                            }
                        });
    }

    void on(Event event) {
        if (desk.isEmpty()) {
            return;
        }
        if (!(event instanceof Event.Tick)) {
            world.trace().line("relay", Words.of(event));
        }
        perform(desk.get().on(event, clock.now()));
    }

    private void perform(List<Effect> effects) {
        long of = life;
        for (Effect effect : effects) {
            if (chance.in(crashes)) {
                crash();
            }
            if (of != life || !isUp()) {
                return;
            }
            perform(effect);
        }
    }

    private void perform(Effect effect) {
        Words.of(effect).ifPresent(words -> world.trace().line("relay", words));
        switch (effect) {
            case Effect.Append(EntryRecord record) -> append(record);
            case Effect.Promise(long _, SignedPromise promise) -> keep(promise);
            case Effect.Send(NodeId agent, ToAgent message) -> send(agent, message);
            case Effect.Answer(long of, Status _) -> answer(of, effect);
            case Effect.Accepted accepted -> answer(accepted.ticket(), effect);
            case Effect.Stands(long of, long _) -> answer(of, effect);
            case Effect.Refuse(long of, var _, var _) -> answer(of, effect);
            case Effect.KeepSeal(Sealed sealed, Effect.Keep keep) -> {
                newestSeal = Optional.of(sealed);
                if (keep == Effect.Keep.FOR_EVER) {
                    epochSeals.put(sealed.seal().size(), sealed);
                }
            }
            case Effect.Convict convict -> convicted.add(convict.agent());
            case Effect.Stop(String why) -> {
                stopped = Optional.of(why);
                desk = Optional.empty();
            }
            case Effect.Moved _, Effect.Hold _, Effect.Release _, Effect.Tell _, Effect.Warn _ -> {}
        }
    }

    private void append(EntryRecord sound) {
        EntryRecord record = world.defects().appended(sound);
        world.watch().appended(record);
        world.trace().bytes(org.entente.protocol.log.Entry.FORMAT.encode(record.entry()));
        log.append(record);
        if (world.defects().diskLies()) {
            plan(Duration.ZERO, () -> on(new Event.Committed(log.size())));
        }
        if (!forcing) {
            forcing = true;
            plan(chance.millis(1, chance.in(0.05) ? 200 : 10), this::force);
        }
    }

    /// Durable at once; that it is comes later.
    private void keep(SignedPromise promise) {
        promises.add(promise);
        long size = promises.size();
        plan(chance.millis(1, 10), () -> on(new Event.Kept(size)));
    }

    private void force() {
        forcing = false;
        if (chance.in(crashes)) {
            crash();
            return;
        }
        int size = log.size();
        log.force(size);
        world.watch().forced(size);
        if (chance.in(crashes)) {
            crash();
            return;
        }
        on(new Event.Committed(size));
    }

    private void plan(Duration after, Runnable what) {
        long of = life;
        world.agenda()
                .plan(
                        after,
                        () -> {
                            if (of == life && isUp()) {
                                what.run();
                            }
                        });
    }

    private void send(NodeId agent, ToAgent message) {
        world.watch().told(agent, message);
        Link link = links.get(agent);
        if (link != null && !world.defects().keepsToItself(message)) {
            Bytes bytes = ToAgent.FORMAT.encode(message);
            world.trace().bytes(bytes);
            link.send(Link.Side.AGENT, bytes, Duration.ZERO);
        }
    }

    private void answer(long of, Effect effect) {
        Consumer<Effect> waiting = tickets.remove(of);
        if (waiting != null) {
            waiting.accept(effect);
        }
    }

    /// Brings a client's request to the desk.
    ///
    /// @param event what it is, given its ticket
    void asked(LongFunction<Event> event, Consumer<Effect> then) {
        if (isUp()) {
            long mine = ++ticket;
            tickets.put(mine, then);
            on(event.apply(mine));
        }
    }

    /// Bytes come over an agent's link.
    void heard(NodeId agent, Link link, Bytes bytes) {
        if (!isUp()) {
            return;
        }
        Parsed<ToRelay> parsed = ToRelay.FORMAT.decode(bytes);
        if (parsed instanceof Parsed.Refused<ToRelay>(var why)) {
            world.trace().line("relay", "refuses what " + Cast.shortName(agent) + " says: " + why);
            return;
        }
        ToRelay message = parsed.orThrow();
        if (message instanceof ToRelay.Hello(long term, List<Sealed> newest)) {
            Optional.ofNullable(links.put(agent, link))
                    .filter(old -> old != link)
                    .ifPresent(Link::cut);
            on(new Event.Joined(agent, term, newest));
        } else if (links.get(agent) == link) {
            on(new Event.Heard(agent, message));
        }
    }

    /// A link is noticed to be gone.
    void left(NodeId agent, Link link) {
        if (isUp() && links.get(agent) == link) {
            links.remove(agent);
            on(new Event.Left(agent));
        }
    }

    void store(Bytes payload) {
        payloads.put(Digest.of(payload), payload);
    }

    /// Records of the log for one who follows it.
    Optional<List<EntryRecord>> records(NodeId agent, long from) {
        return isUp()
                ? Optional.of(Lies.shown(world, agent, log.from(from, 64), from))
                : Optional.empty();
    }

    List<Status> status(Digest exchange) {
        return desk.map(it -> it.exchange(exchange)).orElse(List.of());
    }

    Optional<Sealed> epochSeal(long size) {
        return Optional.ofNullable(epochSeals.get(size));
    }

    void crash() {
        if (!isUp()) {
            return;
        }
        int kept = world.defects().diskLies() ? 0 : chance.below(log.size() - log.forced() + 1);
        log.crash(kept);
        world.watch().forced(log.size());
        world.trace().line("relay", "crashes, keeps " + log.size());
        desk = Optional.empty();
        life++;
        tickets.clear();
        links.values().forEach(Link::cut);
        links.clear();
        world.agents().values().forEach(SimulatedAgent::lostRelay);
        world.agenda()
                .plan(
                        chance.millis(50, 4_000),
                        () -> {
                            if (!isUp() && stopped.isEmpty()) {
                                start();
                            }
                        });
    }
}
