package org.entente.agent.worker;

import org.entente.agent.Event;
import org.entente.agent.Memory;
import org.entente.agent.Received;
import org.entente.agent.Seat;
import org.entente.agent.Self;
import org.entente.agent.journal.AgentFiles;
import org.entente.agent.journal.DecisionJournal;
import org.entente.agent.journal.JournalUnusable;
import org.entente.agent.pem.Identity;
import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.ChainId;
import org.entente.protocol.NodeId;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Sealed;
import org.entente.registry.EpochRecord;
import org.entente.registry.Inbox;
import org.entente.registry.RegisteredAlliance;
import org.entente.registry.Registry;
import org.entente.runtime.metrics.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Takes a seat in every alliance whose epoch record lists this agent, as soon as the registry
/// shows one, and tells the seats which inbox contracts the registry lists.
public final class Seating implements Loop.Step, LinkKeeper.Seats {
    private static final Logger LOG = LoggerFactory.getLogger(Seating.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration START_TIME_MAX = Duration.ofSeconds(5);

    private final RegistryCopy copy;
    private final RelayClient relay;
    private final Supplier<Identity> identity;
    private final Verifier verifier;
    private final ChainAccess chains;
    private final AgentFiles files;
    private final Consumer<Received> receive;
    private final Consumer<Throwable> whenFailed;
    private final InstantSource clock;
    private final ConcurrentSkipListMap<AllianceId, SeatWorker> workers =
            new ConcurrentSkipListMap<>();
    private volatile Optional<LinkKeeper> link = Optional.empty();
    private volatile boolean linked;
    private final CountDownLatch known = new CountDownLatch(1);
    private volatile Registry registry = Registry.EMPTY;
    private SortedMap<ChainId, Inbox> listed = new TreeMap<>();
    private volatile Optional<String> unopened = Optional.empty();

    /// @param whenFailed told when a seat cannot go on: the process must stop
    public Seating(
            RelayClient relay,
            Supplier<Identity> identity,
            Verifier verifier,
            ChainAccess chains,
            AgentFiles files,
            Consumer<Received> receive,
            Consumer<Throwable> whenFailed,
            InstantSource clock) {
        this.copy = new RegistryCopy(relay, verifier);
        this.relay = relay;
        this.identity = identity;
        this.verifier = verifier;
        this.chains = chains;
        this.files = files;
        this.receive = receive;
        this.whenFailed = whenFailed;
        this.clock = clock;
    }

    /// Over which the seats speak.
    public void link(LinkKeeper keeper) {
        link = Optional.of(keeper);
    }

    /// The registry as it was last followed; soon after a start this waits until it was. Empty: it
    /// was never followed yet.
    public Optional<Registry> registry() throws InterruptedException {
        return known.await(START_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(registry)
                : Optional.empty();
    }

    /// Not well when it has no seat in an alliance that lists it, or one that signs nothing.
    public Health.Answer health() {
        List<String> trouble = new ArrayList<>(unopened.stream().toList());
        workers.values()
                .forEach(worker ->
                        worker.stopped()
                                .ifPresent(why ->
                                        trouble.add(
                                                worker.alliance()
                                                        + " signs nothing any more: "
                                                        + why)));
        return trouble.isEmpty()
                ? Health.Answer.up("follows " + workers.size() + " alliances")
                : Health.Answer.down(String.join("; ", trouble));
    }

    @Override
    public Duration step() throws InterruptedException {
        try {
            registry = copy.follow();
            for (RegisteredAlliance alliance : registry.alliances().values()) {
                if (!workers.containsKey(alliance.id()) && lists(alliance)) {
                    seat(alliance.id());
                }
            }
            tellInboxes();
            known.countDown();
            unopened = Optional.empty();
            return LOOK_EVERY;
        } catch (RelayUnreachable e) {
            // The link says so.
            return RETRY_AFTER;
        } catch (IOException | JournalUnusable | LogUntrue e) {
            Optional<String> why = Optional.of("no seat is taken: " + e.getMessage());
            if (!unopened.equals(why)) {
                LOG.atError().log(why.get());
            }
            unopened = why;
            return RETRY_AFTER;
        }
    }

    private boolean lists(RegisteredAlliance alliance) {
        Identity current = identity.get();
        NodeId node = current.certificate().node().orElseThrow();
        EpochRecord record = alliance.charter().record();
        return record.agent(node)
                .filter(agent -> agent.key().equals(current.signer().key()))
                .isPresent();
    }

    private void seat(AllianceId alliance)
            throws IOException, JournalUnusable, InterruptedException {
        Identity current = identity.get();
        DecisionJournal journal = files.journal(alliance);
        Memory memory = journal.memory();
        Self self =
                new Self(
                        current.certificate().node().orElseThrow(), current.signer(), chains.ids());
        SeatWorker worker =
                new SeatWorker(
                        new Seat(self, alliance, verifier, memory),
                        journal,
                        new Inquiries(alliance, relay, chains),
                        new SeatWorker.Outlets(this::say, receive, whenFailed),
                        clock);
        worker.tell(new Event.Listed(listed));
        if (linked) {
            worker.tell(new Event.Linked());
        }
        workers.put(alliance, worker);
        LOG.atInfo().addKeyValue("alliance", alliance).log("took a seat");
        // So that the relay hears of it in a hello.
        link.ifPresent(keeper -> keeper.relink("a seat was taken"));
    }

    private void tellInboxes() throws InterruptedException {
        TreeMap<ChainId, Inbox> now = new TreeMap<>();
        registry.chains()
                .forEach((id, chain) ->
                        chain.added().inbox().ifPresent(inbox -> now.put(id, inbox)));
        if (!now.equals(listed)) {
            listed = now;
            tellAll(new Event.Listed(now));
        }
    }

    private void say(ToRelay message) {
        link.ifPresent(keeper -> keeper.say(message));
    }

    @Override
    public boolean areKnown() {
        return known.getCount() == 0;
    }

    @Override
    public List<Sealed> newest() {
        return workers.values().stream().flatMap(worker -> worker.newest().stream()).toList();
    }

    @Override
    public void tellAll(Event event) throws InterruptedException {
        if (event instanceof Event.Linked) {
            linked = true;
        } else if (event instanceof Event.Unlinked) {
            linked = false;
        }
        for (SeatWorker worker : workers.values()) {
            worker.tell(event);
        }
    }

    @Override
    public void tell(AllianceId alliance, Event event) throws InterruptedException {
        SeatWorker worker = workers.get(alliance);
        if (worker != null) {
            worker.tell(event);
        }
    }

    /// Ends every seat.
    public void stop(Duration left) throws InterruptedException {
        for (SeatWorker worker : workers.values()) {
            worker.stop(left);
        }
    }
}
