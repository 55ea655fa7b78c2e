package org.entente.trials.simulation;

import org.entente.agent.Answer;
import org.entente.agent.Decision;
import org.entente.agent.Effect;
import org.entente.agent.Event;
import org.entente.agent.Memory;
import org.entente.agent.Question;
import org.entente.agent.Seat;
import org.entente.agent.Self;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.registry.Inbox;
import org.entente.registry.fixture.Member;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A member's process: the production [Seat], a journal that forces late, a link that is dialled
/// for ever, adapters.
final class SimulatedAgent {
    private static final Duration TICK = Duration.ofMillis(50);

    private final World world;
    private final Member member;
    private final Chance chance;
    private final Clock clock;
    private final Mouth mouth;

    // What lasts.
    private final JournalDisk journal = new JournalDisk();
    private long term;

    // What a crash forgets.
    private final TreeMap<ChainId, ChainView> views = new TreeMap<>();
    private Optional<Seat> seat = Optional.empty();
    private Optional<Link> link = Optional.empty();
    private boolean draining;
    private boolean forcing;
    private long journaled;
    private Optional<ChainId> troubled = Optional.empty();
    private ChainView.Trouble trouble = ChainView.Trouble.NONE;

    private long life;
    private double crashes;
    private boolean dialling;

    SimulatedAgent(World world, Member member) {
        this.world = world;
        this.member = member;
        this.chance = world.chance().branch();
        this.clock = new Clock(world.agenda(), chance.branch());
        this.mouth = new Mouth(world, member, chance.branch());
    }

    NodeId node() {
        return member.agent();
    }

    Clock clock() {
        return clock;
    }

    Optional<Seat> seat() {
        return seat;
    }

    String name() {
        return Cast.shortName(node());
    }

    boolean isHonest() {
        return world.plan().isHonest(node());
    }

    Optional<Link> link() {
        return link;
    }

    void crashes(double probability) {
        crashes = probability;
    }

    void trouble(ChainId chain, ChainView.Trouble now) {
        troubled = Optional.of(chain);
        trouble = now;
        Optional.ofNullable(views.get(chain)).ifPresent(view -> view.trouble(now));
    }

    void start() {
        life++;
        draining = false;
        forcing = false;
        views.clear();
        for (SimulatedChain chain : world.chains().values()) {
            ChainView view =
                    new ChainView(chain, world.cast().account(node(), chain.id()), chance.branch());
            if (troubled.equals(Optional.of(chain.id()))) {
                view.trouble(trouble);
            }
            views.put(chain.id(), view);
        }
        List<Decision> decisions = journal.decisions();
        seat =
                Optional.of(
                        new Seat(
                                new Self(
                                        node(),
                                        member.agentKey(),
                                        Sorted.copyOf(world.chains().keySet())),
                                world.alliance(),
                                world.verifier(),
                                Memory.of(decisions)));
        world.trace().line(name(), "starts with " + decisions.size() + " decisions");
        TreeMap<ChainId, Inbox> listed = new TreeMap<>();
        for (ChainId chain : world.chains().keySet()) {
            listed.put(chain, new Inbox(Treaty.INBOX, org.entente.chain.inbox.Inbox.CODE));
        }
        on(new Event.Listed(listed));
        tick(life);
        dial(Duration.ZERO);
    }

    private void tick(long of) {
        world.agenda()
                .plan(
                        TICK,
                        () -> {
                            if (of == life && seat.isPresent()) {
                                on(new Event.Tick());
                                tick(of);
                            }
                        });
    }

    void on(Event event) {
        if (seat.isEmpty()) {
            return;
        }
        long of = life;
        for (Effect effect : seat.get().on(event, clock.now())) {
            if (chance.in(crashes)) {
                crash();
            }
            if (of != life || seat.isEmpty()) {
                return;
            }
            perform(effect);
        }
        if (!draining && !(event instanceof Event.Drained)) {
            draining = true;
            plan(
                    chance.millis(0, 2),
                    () -> {
                        draining = false;
                        on(new Event.Drained());
                    });
        }
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Journal(long upTo, List<Decision> decisions) -> journal(upTo, decisions);
            case Effect.Follow(long from) -> {
                world.trace().line(name(), "follows from " + from);
                world.network()
                        .ask(
                                () ->
                                        isCutOff()
                                                ? Optional.empty()
                                                : world.relay().records(node(), from),
                                whileAlive(answer ->
                                        on(
                                                answer.<Event>map(records ->
                                                                new Event.Followed(from, records))
                                                        .orElseGet(() ->
                                                                new Event.Unfollowed("away")))));
            }
            case Effect.Ask(long query, Question question) -> ask(query, question);
            case Effect.Say(ToRelay message) -> say(message);
            case Effect.Receive(var received) ->
                    world.trace().line(name(), "received " + received.serial());
            case Effect.Tell(var _, String words) -> world.trace().line(name(), words);
            case Effect.Stop(var why) -> {
                world.trace().line(name(), "STOPS: " + why);
                if (isHonest()
                        && world.plan().relayLie() == RelayLie.NONE
                        && !world.defects().arePlanted()) {
                    throw new Violation("HonestAgentsGoOn", name() + " stopped: " + why);
                }
            }
        }
    }

    private <T> java.util.function.Consumer<T> whileAlive(java.util.function.Consumer<T> then) {
        long of = life;
        return answer -> {
            if (of == life && seat.isPresent()) {
                then.accept(answer);
            }
        };
    }

    private void plan(Duration after, Runnable what) {
        java.util.function.Consumer<Integer> alive = whileAlive(_ -> what.run());
        world.agenda().plan(after, () -> alive.accept(0));
    }

    private void journal(long upTo, List<Decision> decisions) {
        journal.append(decisions).forEach(world.trace()::bytes);
        journaled = upTo;
        if (!forcing) {
            forcing = true;
            plan(chance.millis(1, chance.in(0.05) ? 200 : 10), this::force);
        }
    }

    /// Everything that was written until now is on disk.
    private void force() {
        forcing = false;
        if (chance.in(crashes)) {
            crash();
            return;
        }
        journal.force();
        if (chance.in(crashes)) {
            crash();
            return;
        }
        on(new Event.Journaled(journaled));
    }

    private void ask(long query, Question question) {
        Questions.ask(
                world,
                this,
                views,
                question,
                whileAlive(answer -> on(new Event.Answered(query, answer))));
    }

    boolean isCutOff() {
        return world.network().isPartitioned(node());
    }

    boolean withholdsPayloads() {
        return world.plan().corrupt().get(node()) == Corruption.WITHHOLDING_PAYLOADS;
    }

    private void say(ToRelay message) {
        link.ifPresent(open -> mouth.say(open, message));
        if (world.defects().journalForgets()
                && message instanceof ToRelay.Proposed
                && chance.in(0.2)) {
            crash();
        }
    }

    private void dial(Duration after) {
        if (dialling) {
            return;
        }
        dialling = true;
        long of = life;
        world.agenda()
                .plan(
                        after,
                        () -> {
                            dialling = false;
                            if (seat.isEmpty() || link.isPresent()) {
                                return;
                            }
                            if (of != life || isCutOff() || !world.relay().isUp()) {
                                dial(chance.millis(200, 2_000));
                            } else {
                                linked();
                            }
                        });
    }

    private void linked() {
        term++;
        Link[] self = new Link[1];
        Link open =
                new Link(
                        world.agenda(),
                        chance.branch(),
                        bytes -> heard(self[0], bytes),
                        bytes -> world.relay().heard(node(), self[0], bytes));
        self[0] = open;
        link = Optional.of(open);
        mouth.hello(open, new ToRelay.Hello(term, seat.flatMap(Seat::newest).stream().toList()));
        on(new Event.Linked());
    }

    private void heard(Link from, Bytes bytes) {
        if (seat.isEmpty() || !link.equals(Optional.of(from))) {
            return;
        }
        ToAgent message = ToAgent.FORMAT.decode(bytes).orThrow();
        mouth.hears(from, message);
        on(new Event.Heard(message));
    }

    /// The link breaks; each side notices in its own time.
    void cut() {
        link.ifPresent(open -> {
            open.cut();
            world.trace().line(name(), "link breaks");
            world.agenda()
                    .plan(
                            chance.millis(0, chance.in(0.2) ? 30_000 : 2_000),
                            () -> world.relay().left(node(), open));
            plan(
                    chance.millis(0, chance.in(0.2) ? 10_000 : 2_000),
                    () -> {
                        if (link.equals(Optional.of(open))) {
                            unlink();
                        }
                    });
        });
    }

    private void unlink() {
        link.ifPresent(open -> {
            open.cut();
            world.relay().left(node(), open);
        });
        link = Optional.empty();
        on(new Event.Unlinked());
        dial(chance.millis(100, 1_000));
    }

    /// The relay's end is gone.
    void lostRelay() {
        Optional<Link> before = link;
        if (before.isPresent()) {
            plan(
                    chance.millis(1, 300),
                    () -> {
                        if (link.equals(before)) {
                            unlink();
                        }
                    });
        }
    }

    void crash() {
        if (seat.isEmpty()) {
            return;
        }
        journal.crash(chance.below(journal.unforced() + 1));
        if (world.defects().journalForgets()) {
            journal.forget(world.defects()::isForgotten);
        }
        world.trace().line(name(), "crashes");
        seat = Optional.empty();
        life++;
        if (chance.in(0.3)) {
            journal.compact();
        }
        link.ifPresent(open -> {
            open.cut();
            world.agenda().plan(chance.millis(1, 2_000), () -> world.relay().left(node(), open));
        });
        link = Optional.empty();
        world.agenda().plan(chance.millis(50, 5_000), this::startIfDown);
    }

    void startIfDown() {
        if (seat.isEmpty()) {
            start();
        }
    }

    static Answer away(String why) {
        return new Answer.Away(why);
    }
}
