package org.entente.agent;

import org.entente.adapter.Held;
import org.entente.adapter.Inbox;
import org.entente.adapter.Point;
import org.entente.adapter.Prepared;
import org.entente.adapter.Seen;
import org.entente.adapter.Sending;
import org.entente.adapter.Snapshot;
import org.entente.endorsement.EntryRecord;
import org.entente.endorsement.fixture.Holder;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Settlement;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A seat of one member with its surroundings in memory: what it asks is answered at once, what it
/// journals is durable at once, unless a test holds that back.
final class SeatStage {
    static final Bytes ARGUMENTS =
            Bytes.utf8("{\"copy\": [{\"from\": \"orders/7\", \"to\": \"orders/7\"}]}");

    final List<ToRelay> said = new ArrayList<>();
    final List<Effect> others = new ArrayList<>();
    final List<Decision> durable = new ArrayList<>();
    final List<Question> asked = new ArrayList<>();
    final TreeMap<Place, Bytes> chain = new TreeMap<>();
    final TreeMap<Long, Bytes> deliveries = new TreeMap<>();
    final TreeMap<Long, Settlement> outcomes = new TreeMap<>();
    private final Story story;
    private final Member member;
    private Seat seat;
    private boolean disk = true;
    private boolean relay = true;
    private UnaryOperator<Answer> answers = answer -> answer;
    private Duration ahead = Duration.ZERO;

    SeatStage(Story story, Member member) {
        this.story = story;
        this.member = member;
        this.seat = fresh();
        chain.put(story.order("7"), Bytes.utf8("seven"));
        tell(new Event.Linked());
        tell(new Event.Heard(new ToAgent.Grown(story.id(), story.notary().size())));
        said.clear();
    }

    private Seat fresh() {
        Self self =
                new Self(
                        member.agent(),
                        member.agentKey(),
                        Sorted.copyOf(List.of(story.source(), story.destination())));
        return new Seat(self, story.id(), Story.VERIFIER, Memory.of(durable));
    }

    Seat seat() {
        return seat;
    }

    /// What was not durable is forgotten.
    SeatStage crash() {
        seat = fresh();
        disk = true;
        said.clear();
        asked.clear();
        tell(new Event.Linked());
        tell(new Event.Heard(new ToAgent.Grown(story.id(), story.notary().size())));
        return this;
    }

    /// From now on nothing becomes durable.
    SeatStage diskStuck() {
        disk = false;
        return this;
    }

    /// Whether the relay gives records.
    SeatStage relay(boolean answers) {
        relay = answers;
        return this;
    }

    SeatStage answering(UnaryOperator<Answer> change) {
        answers = change;
        return this;
    }

    /// Sets its clock apart from the story's.
    SeatStage clock(Duration by) {
        ahead = by;
        return this;
    }

    Instant now() {
        return story.now().plus(ahead);
    }

    SeatStage hear(ToAgent message) {
        tell(new Event.Heard(message));
        return this;
    }

    SeatStage grown() {
        return hear(new ToAgent.Grown(story.id(), story.notary().size()));
    }

    /// Time passes in small steps.
    SeatStage passing(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis += 50) {
            story.later(Duration.ofMillis(50));
            tell(new Event.Tick());
        }
        return this;
    }

    /// Tells it and everything that follows, drain by drain.
    void tell(Event event) {
        ArrayDeque<Event> events = new ArrayDeque<>(List.of(event));
        while (!events.isEmpty()) {
            while (!events.isEmpty()) {
                for (Effect effect : seat.on(events.remove(), now())) {
                    perform(effect, events);
                }
            }
            for (Effect effect : seat.on(new Event.Drained(), now())) {
                perform(effect, events);
            }
        }
    }

    private void perform(Effect effect, ArrayDeque<Event> events) {
        switch (effect) {
            case Effect.Say(ToRelay message) -> said.add(message);
            case Effect.Journal(long upTo, List<Decision> decisions) -> {
                if (disk) {
                    decisions.forEach(each ->
                            durable.add(
                                    Decision.FORMAT
                                            .decode(Decision.FORMAT.encode(each))
                                            .orThrow()));
                    events.addFirst(new Event.Journaled(upTo));
                }
            }
            case Effect.Follow(long from) ->
                    events.add(relay ? followed(from) : new Event.Unfollowed("away"));
            case Effect.Ask(long query, Question question) -> {
                if (!(question instanceof Question.Head)) {
                    asked.add(question);
                }
                events.add(new Event.Answered(query, answers.apply(answer(question))));
            }
            case Effect.Receive _, Effect.Tell _, Effect.Stop _ -> others.add(effect);
        }
    }

    private Event followed(long from) {
        List<EntryRecord> log = story.log();
        return new Event.Followed(from, log.subList((int) from, log.size()));
    }

    private Answer answer(Question question) {
        return switch (question) {
            case Question.Keys(var _, var places) ->
                    new Answer.Keys(
                            Seen.of(
                                    new Snapshot(
                                            new Point(12, Bytes.utf8("a block")),
                                            places.stream().map(this::held).toList())));
            case Question.Head _ -> new Answer.Head(Seen.of(new Point(12, Bytes.utf8("a block"))));
            case Question.Upload _ -> new Answer.Uploaded();
            case Question.Document(var _, long number) ->
                    deliveries.containsKey(number)
                            ? new Answer.Document(deliveries.getOrDefault(number, Bytes.EMPTY))
                            : new Answer.Refused(Verdict.rejected(Fault.NOT_FOUND, "none"));
            case Question.InboxAt(var _, String address) ->
                    new Answer.InboxAt(
                            Seen.of(
                                    Optional.of(
                                            new Inbox(
                                                    address,
                                                    Digest.ZERO,
                                                    story.id(),
                                                    List.of(
                                                            new Inbox.Epoch(
                                                                    0,
                                                                    0,
                                                                    story.record().digest()))))));
            case Question.Prepare(var _, var call) ->
                    new Answer.Prepared(
                            new Prepared(
                                    Digest.of(call.notice()).bytes(), Bytes.utf8("a transaction")));
            case Question.Send _ ->
                    new Answer.Sent(new Sending.Included(13, Optional.empty(), Bytes.EMPTY));
            case Question.OutcomeAt(var _, var _, long serial) ->
                    new Answer.OutcomeAt(Seen.of(Optional.ofNullable(outcomes.get(serial))));
            case Question.Function _ -> throw new AssertionError("no function is called");
        };
    }

    private Held held(Place place) {
        Bytes value = chain.get(place);
        return value == null
                ? new Held(place, new Version.Absent(), Optional.empty())
                : new Held(place, Story.present(), Optional.of(value));
    }

    /// A clerk's request to copy order 7.
    static Ask ask(Story story, String exchange, Bytes arguments) {
        Holder clerk = story.clerk();
        Request request =
                new Request(
                        story.id(),
                        story.record().epoch(),
                        story.alpha().id(),
                        Contracts.FLOW.contract(),
                        Contracts.FLOW.flow(),
                        Story.exchangeId(exchange),
                        1,
                        Digest.of(arguments),
                        story.now().plus(Duration.ofMinutes(5)),
                        clerk.certificate().digest());
        return new Ask(
                request,
                clerk.key().sign(Request.FORMAT.digest(request)),
                clerk.certificate().der());
    }

    <T extends ToRelay> List<T> said(Class<T> type) {
        return said.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends Effect> List<T> seen(Class<T> type) {
        return others.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// The fault of the only thing that was declined.
    Fault declined() {
        List<ToRelay.Declined> declined = said(ToRelay.Declined.class);
        if (declined.size() != 1) {
            throw new AssertionError(said.toString());
        }
        return Fault.numbered(declined.getFirst().fault()).orElseThrow();
    }
}
