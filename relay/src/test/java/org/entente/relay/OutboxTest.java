package org.entente.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.exchange.NodeSignature;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Cancellation;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.log.Settlement;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Deliveries, cancellations, settlements, seals, and what a restart does again.
final class OutboxTest {
    private final Scene scene = Scene.begun();
    private final Story story = scene.story;

    private BiFunction<Member, ToAgent, Optional<ToRelay>> bringing(int fault, String detail) {
        return (member, message) ->
                message instanceof ToAgent.Bring bring
                        ? fault < 0
                                ? Optional.empty()
                                : Optional.of(
                                        new ToRelay.Brought(
                                                story.id(), bring.serial(), fault, detail))
                        : scene.honestly(member, message);
    }

    private void all(BiFunction<Member, ToAgent, Optional<ToRelay>> script) {
        story.members().forEach(member -> scene.script(member, script));
    }

    private long brings() {
        return scene.effects(Effect.Send.class).stream()
                .filter(send -> send.message() instanceof ToAgent.Bring)
                .count();
    }

    @Test
    void a_delivery_whose_tries_are_spent_is_parked_with_the_reason_and_tried_again_later() {
        all(bringing(Fault.CHAIN_UNREACHABLE.number(), "connection refused"));
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        scene.later(Duration.ofSeconds(90));
        assertThat(scene.status(exchange).state()).isEqualTo(Status.State.DELIVERING);
        assertThat(scene.desk.parked()).hasSize(1);
        assertThat(scene.desk.parked().getFirst().why())
                .contains("CHAIN_UNREACHABLE")
                .contains("connection refused");
        long before = brings();
        all(scene::honestly);
        scene.later(Duration.ofSeconds(60));
        assertThat(brings()).isEqualTo(before + 1);
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
        assertThat(scene.desk.parked()).isEmpty();
    }

    @Test
    void who_was_asked_last_may_say_later_that_it_is_brought_and_nobody_else() {
        all(bringing(Fault.CHAIN_UNREACHABLE.number(), "connection refused"));
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        scene.later(Duration.ofSeconds(90));
        assertThat(scene.desk.parked()).hasSize(1);
        Member last = lastAsked();
        long before = brings();
        all(scene::honestly);
        for (Member member : story.members()) {
            if (!member.equals(last)) {
                scene.on(new Event.Heard(member.agent(), brought(0)));
            }
        }
        scene.on(new Event.Heard(last.agent(), brought(Fault.CHAIN_UNREACHABLE.number())));
        assertThat(scene.desk.parked()).hasSize(1);
        scene.on(new Event.Heard(last.agent(), brought(0)));
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
        assertThat(scene.desk.parked()).isEmpty();
        assertThat(brings()).isEqualTo(before);
    }

    private ToRelay brought(int fault) {
        return new ToRelay.Brought(story.id(), 1, fault, "");
    }

    private Member lastAsked() {
        var last =
                scene.effects(Effect.Send.class).stream()
                        .filter(send -> send.message() instanceof ToAgent.Bring)
                        .reduce((_, later) -> later)
                        .orElseThrow()
                        .agent();
        return story.members().stream()
                .filter(member -> member.agent().equals(last))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_retry_tries_a_parked_delivery_at_once() {
        all((member, message) ->
                message instanceof ToAgent.Bring || message instanceof ToAgent.Observe
                        ? Optional.empty()
                        : scene.honestly(member, message));
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        scene.later(Duration.ofSeconds(200));
        assertThat(scene.desk.parked()).hasSize(1);
        all(scene::honestly);
        scene.on(new Event.Retried(scene.nextTicket(), 1));
        scene.on(new Event.Tick());
        scene.later(Duration.ofSeconds(6));
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
        scene.on(new Event.Retried(scene.nextTicket(), 1));
        assertThat(scene.effects(Effect.Refuse.class).getLast().why().fault())
                .isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void each_try_goes_to_the_next_deliverer() {
        scene.script(story.beta(), bringing(Fault.CHAIN_UNREACHABLE.number(), "away"));
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        scene.later(Duration.ofSeconds(2));
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
        assertThat(scene.told(story.beta(), ToAgent.Bring.class)).hasSize(1);
        assertThat(scene.told(story.alpha(), ToAgent.Bring.class)).isNotEmpty();
    }

    private List<Long> brought() {
        return scene.effects(Effect.Send.class).stream()
                .map(Effect.Send::message)
                .filter(ToAgent.Bring.class::isInstance)
                .map(message -> ((ToAgent.Bring) message).serial())
                .toList();
    }

    @Test
    void on_one_key_the_next_is_brought_when_the_one_before_is_there_and_others_at_once() {
        all((member, message) ->
                message instanceof ToAgent.Bring || message instanceof ToAgent.Observe
                        ? Optional.empty()
                        : scene.honestly(member, message));
        scene.ask(story.draft("one", 1).candidate());
        Digest second = scene.ask(story.draft("two", 1).candidate());
        scene.ask(story.draft("elsewhere", 1, "8").candidate());
        scene.later(Duration.ofSeconds(1));
        assertThat(brought()).containsExactly(1L, 3L);
        scene.on(new Event.Heard(lastAskedFor(1), brought(0)));
        scene.later(Duration.ofMillis(100));
        assertThat(brought()).containsExactly(1L, 3L, 2L);
        assertThat(scene.status(second).state()).isEqualTo(Status.State.DELIVERING);
    }

    private NodeId lastAskedFor(long serial) {
        return scene.effects(Effect.Send.class).stream()
                .filter(send ->
                        send.message() instanceof ToAgent.Bring bring && bring.serial() == serial)
                .reduce((_, later) -> later)
                .orElseThrow()
                .agent();
    }

    @Test
    void what_builds_on_a_parked_delivery_is_shown_with_it_and_follows_when_the_chain_is_back() {
        all(bringing(Fault.CHAIN_UNREACHABLE.number(), "connection refused"));
        scene.ask(story.draft("one", 1).candidate());
        Digest second = scene.ask(story.draft("two", 1).candidate());
        Digest other = scene.ask(story.draft("elsewhere", 1, "8").candidate());
        scene.later(Duration.ofSeconds(90));
        assertThat(scene.desk.parked())
                .extracting(ParkedDelivery::serial)
                .containsExactly(1L, 2L, 3L);
        assertThat(scene.desk.parked().get(1).why()).isEqualTo("it builds on serial 1");
        assertThat(brought()).doesNotContain(2L);
        all(scene::honestly);
        scene.on(new Event.Retried(scene.nextTicket(), 1));
        // Not a minute later, when its next try would be due.
        scene.later(Duration.ofSeconds(1));
        assertThat(scene.status(second).end()).contains(Status.End.APPLIED);
        assertThat(scene.status(other).end()).contains(Status.End.APPLIED);
        assertThat(scene.desk.parked()).isEmpty();
    }

    @Test
    void not_yet_costs_no_try() {
        all(bringing(Fault.NOT_YET.number(), "serial 0 first"));
        scene.ask(story.draft("one", 1).candidate());
        scene.later(Duration.ofSeconds(30));
        assertThat(scene.desk.parked()).isEmpty();
        assertThat(brings()).isGreaterThan(20);
    }

    @Test
    void what_struck_keys_endorsed_is_cancelled_as_soon_as_nobody_can_bring_it() {
        all(bringing(Fault.CHAIN_UNREACHABLE.number(), "away"));
        List<Member> some = List.of(story.alpha(), story.gamma());
        scene.script(
                story.beta(),
                (member, message) ->
                        message instanceof ToAgent.Endorse
                                ? Optional.empty()
                                : bringing(Fault.CHAIN_UNREACHABLE.number(), "away")
                                        .apply(member, message));
        Digest exchange = scene.ask(story.draft("one", 1).endorsedBy(some).candidate());
        scene.later(Duration.ofSeconds(6));
        assertThat(scene.status(exchange).state()).isEqualTo(Status.State.DELIVERING);

        scene.amend(
                new Contracts(List.of(story.alpha(), story.beta()))
                        .version(2)
                        .struck(story.gamma()));
        assertThat(cancellations()).isZero();
        scene.end = Settlement.End.CANCELLED;
        scene.leave(story.gamma());
        all((member, message) ->
                message instanceof ToAgent.Bring bring && bring.serial() == 1
                        ? Optional.of(
                                new ToRelay.Brought(
                                        story.id(), 1, Fault.WEIGHT_TOO_LOW.number(), "1 of 3"))
                        : scene.honestly(member, message));
        scene.later(Duration.ofSeconds(40));
        assertThat(cancellations()).isEqualTo(1);
        assertThat(scene.status(exchange).end()).contains(Status.End.CANCELLED);
    }

    @Test
    void weight_that_a_deliverer_alone_misses_cancels_nothing() {
        all(bringing(Fault.WEIGHT_TOO_LOW.number(), "1 of 3"));
        scene.ask(story.draft("one", 1).candidate());
        scene.later(Duration.ofSeconds(40));
        assertThat(cancellations()).isZero();
    }

    private long cancellations() {
        return story.log().stream()
                .filter(record -> record.entry().kind() == EntryKind.CANCEL)
                .count();
    }

    @Test
    void a_deliverer_that_is_never_ready_holds_nothing_up() {
        scene.script(story.beta(), bringing(Fault.NOT_YET.number(), "the log is followed to 1"));
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        assertThat(scene.told(story.beta(), ToAgent.Bring.class)).hasSize(1);
        scene.later(Duration.ofSeconds(2));
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
    }

    @Test
    void who_says_brought_of_what_never_came_is_not_asked_again_before_the_others() {
        all((member, message) ->
                message instanceof ToAgent.Observe
                        ? Optional.empty()
                        : scene.honestly(member, message));
        scene.ask(story.draft("one", 1).candidate());
        scene.later(Duration.ofSeconds(60));
        assertThat(scene.told(story.beta(), ToAgent.Bring.class)).hasSize(1);
        assertThat(brings()).isEqualTo(2);
    }

    @Test
    void what_is_overdue_is_cancelled_and_the_cancellation_brought_once_it_is_sealed() {
        all(bringing(Fault.CHAIN_UNREACHABLE.number(), "away"));
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        story.later(Duration.ofMinutes(10).plusMillis(1));
        scene.end = Settlement.End.CANCELLED;
        all(scene::honestly);
        scene.later(Duration.ofSeconds(1));
        Status status = scene.status(exchange);
        assertThat(status.end()).contains(Status.End.CANCELLED);
        assertThat(lastBring()).isEqualTo(2);
        scene.end = Settlement.End.APPLIED;
        scene.ask(story.draft("one", 2).candidate());
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
    }

    private long lastBring() {
        return scene.effects(Effect.Send.class).stream()
                .map(Effect.Send::message)
                .filter(ToAgent.Bring.class::isInstance)
                .map(ToAgent.Bring.class::cast)
                .reduce((_, later) -> later)
                .orElseThrow()
                .serial();
    }

    @Test
    void an_owner_may_wish_a_cancellation_and_a_stranger_not() {
        all(bringing(-1, ""));
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        Cancellation cancellation = new Cancellation(story.id(), 1);
        Digest digest = Cancellation.FORMAT.digest(cancellation);
        scene.on(
                new Event.Wished(
                        scene.nextTicket(),
                        cancellation,
                        new NodeSignature(
                                story.gamma().agent(), story.gamma().agentKey().sign(digest))));
        assertThat(scene.effects(Effect.Refuse.class).getLast().why().fault())
                .isEqualTo(Fault.NOT_YOURS);
        scene.end = Settlement.End.CANCELLED;
        all(scene::honestly);
        scene.on(
                new Event.Wished(
                        scene.nextTicket(),
                        cancellation,
                        new NodeSignature(
                                story.beta().agent(), story.beta().agentKey().sign(digest))));
        assertThat(scene.effects(Effect.Stands.class)).isNotEmpty();
        assertThat(scene.status(exchange).end()).contains(Status.End.CANCELLED);
    }

    @Test
    void half_of_the_observers_settle_nothing() {
        all((member, message) ->
                message instanceof ToAgent.Observe
                        ? Optional.empty()
                        : scene.honestly(member, message));
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        scene.on(new Event.Heard(story.alpha().agent(), scene.observed(story.alpha(), 1)));
        Settlement other = story.settlement(1, Settlement.End.CANCELLED, 0);
        scene.on(new Event.Heard(story.beta().agent(), scene.observed(story.beta(), other)));
        assertThat(scene.status(exchange).state()).isEqualTo(Status.State.DELIVERING);
        scene.on(new Event.Heard(story.gamma().agent(), scene.observed(story.gamma(), 1)));
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
    }

    @Test
    void a_restart_performs_the_outbox_again() {
        all(bringing(-1, ""));
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        assertThat(scene.status(exchange).state()).isEqualTo(Status.State.DELIVERING);
        scene.restart();
        assertThat(scene.status(exchange).state()).isEqualTo(Status.State.SEALED);
        assertThat(scene.effects(Effect.Hold.class)).hasSize(2);
        all(scene::honestly);
        story.members().forEach(scene::join);
        scene.later(Duration.ofSeconds(2));
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
        scene.restart();
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
        assertThat(scene.status(exchange).settlement()).hasValue(2);
    }

    @Test
    void a_restart_before_the_seal_has_it_sealed_then() {
        all((member, message) ->
                message instanceof ToAgent.Grown
                        ? Optional.empty()
                        : scene.honestly(member, message));
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        scene.restart();
        assertThat(scene.status(exchange).state()).isEqualTo(Status.State.COMMITTED);
        all(scene::honestly);
        story.members().forEach(scene::join);
        scene.later(Duration.ofSeconds(2));
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
    }

    @Test
    void a_log_that_lacks_what_a_majority_sealed_stops_at_the_start_and_when_an_agent_shows_it() {
        scene.ask(story.draft("one", 1).candidate());
        Sealed newest = scene.keptSeals.getLast();
        Story shorter = Story.begun();
        Scene other = new Scene(shorter);
        Seal beyond = new Seal(shorter.id(), 0, 9, newest.seal().root(), shorter.now());
        Sealed sealed = shorter.sealed(beyond, shorter.members());
        other.on(new Event.Joined(shorter.alpha().agent(), 2, List.of(sealed)));
        assertThat(other.effects(Effect.Stop.class).getFirst().why())
                .contains("its newest entries are lost");

        Scene again = new Scene(Story.begun());
        Seal elsewhere = new Seal(again.story.id(), 0, 1, Digest.ZERO, again.story.now());
        List<Sealed> kept = new ArrayList<>();
        kept.add(again.story.sealed(elsewhere, again.story.members()));
        again.keptSeals.clear();
        again.keptSeals.addAll(kept);
        again.restart();
        assertThat(again.effects(Effect.Stop.class).getFirst().why()).contains("it is another log");
    }

    @Test
    void a_seal_that_no_majority_made_stops_nobody() {
        Seal beyond = new Seal(story.id(), 0, 9, Digest.ZERO, story.now());
        Sealed sealed = story.sealed(beyond, List.of(story.alpha()));
        scene.on(new Event.Joined(story.alpha().agent(), 2, List.of(sealed)));
        assertThat(scene.effects(Effect.Stop.class)).isEmpty();
        assertThat(scene.conduct(story.alpha()).faulty()).isEqualTo(1);
    }
}
