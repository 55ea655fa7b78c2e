package org.entente.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.endorsement.Candidate;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Promise;
import org.entente.protocol.log.Rejection;
import org.entente.protocol.log.Settlement;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// An exchange from the request to its settlement, as the desk moves it on.
final class DeskTest {
    private final Scene scene = Scene.begun();
    private final Story story = scene.story;

    @Test
    void an_exchange_goes_through_all_its_states_in_order() {
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        assertThat(scene.states(exchange))
                .containsExactly(
                        Status.State.ASKED,
                        Status.State.PROPOSED,
                        Status.State.ENDORSED,
                        Status.State.SUBMITTED,
                        Status.State.COMMITTED,
                        Status.State.SEALED,
                        Status.State.DELIVERING,
                        Status.State.SETTLED);
        Status status = scene.status(exchange);
        assertThat(status.end()).contains(Status.End.APPLIED);
        assertThat(status.serial()).hasValue(1);
        assertThat(status.settlement()).hasValue(2);
        assertThat(scene.effects(Effect.Release.class)).hasSize(1);
    }

    @Test
    void a_submission_gets_a_promise_that_the_relay_signed() {
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        SignedPromise promise = scene.status(exchange).promise().orElseThrow();
        assertThat(promise.promise().orderedBy()).isEqualTo(story.now().plusSeconds(5));
        assertThat(
                        Story.VERIFIER.verify(
                                scene.relay.key(),
                                Promise.FORMAT.digest(promise.promise()),
                                promise.signature()))
                .isTrue();
    }

    @Test
    void no_promise_is_said_before_it_is_durable() {
        scene.holdPromises();
        Candidate candidate = story.draft("one", 1).candidate();
        scene.submit(candidate);
        assertThat(scene.effects(Effect.Accepted.class)).isEmpty();
        assertThat(scene.status(candidate.exchange()).promise()).isEmpty();
        assertThat(scene.desk.promise(candidate.submissionDigest())).isEmpty();

        scene.keepPromises();
        SignedPromise promise = scene.promises.getFirst();
        assertThat(scene.effects(Effect.Accepted.class))
                .extracting(Effect.Accepted::promise)
                .containsExactly(promise);
        assertThat(scene.status(candidate.exchange()).promise()).contains(promise);
    }

    @Test
    void a_promise_is_shown_again_after_a_restart() {
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        SignedPromise promise = scene.status(exchange).promise().orElseThrow();
        scene.restart();
        assertThat(scene.status(exchange).promise()).contains(promise);
    }

    @Test
    void a_promise_to_a_submission_that_a_crash_lost_can_still_be_shown() {
        story.members().forEach(member -> scene.script(member, scripted(ToAgent.Attest.class)));
        Candidate candidate = story.draft("one", 1).attestedBy(List.of()).candidate();
        scene.submit(candidate);
        SignedPromise promise = scene.effects(Effect.Accepted.class).getLast().promise();
        scene.restart();
        assertThat(scene.desk.exchange(candidate.exchange())).isEmpty();
        assertThat(scene.desk.promise(candidate.submissionDigest())).contains(promise);
    }

    @Test
    void nothing_is_answered_before_it_is_on_disk() {
        scene.holdDisk();
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        assertThat(scene.status(exchange).state()).isEqualTo(Status.State.SUBMITTED);
        scene.force();
        assertThat(scene.status(exchange).state()).isEqualTo(Status.State.SETTLED);
    }

    @Test
    void a_stale_read_is_invalid_with_both_versions_and_a_rejection_that_the_relay_signed() {
        Candidate early = story.draft("one", 1).candidate();
        scene.ask(story.draft("two", 1).candidate());
        Digest exchange = scene.ask(early);
        Status status = scene.status(exchange);
        assertThat(status.end()).contains(Status.End.INVALID);
        assertThat(status.state()).isEqualTo(Status.State.COMMITTED);
        assertThat(status.problem().orElseThrow().fault()).isEqualTo(Fault.STALE_READ);
        assertThat(status.moved()).hasSize(1);
        assertThat(status.moved().getFirst().read())
                .isNotEqualTo(status.moved().getFirst().found());
        SignedRejection rejection = status.rejection().orElseThrow();
        assertThat(rejection.rejection().serial()).isEqualTo(status.serial().orElseThrow());
        assertThat(
                        Story.VERIFIER.verify(
                                scene.relay.key(),
                                Rejection.FORMAT.digest(rejection.rejection()),
                                rejection.signature()))
                .isTrue();
        Digest again = scene.ask(story.draft("one", 2).candidate());
        assertThat(scene.desk.exchange(again).getLast().end()).contains(Status.End.APPLIED);
    }

    @Test
    void the_same_bytes_get_the_same_answer_and_other_bytes_under_the_attempt_are_refused() {
        Candidate first = story.draft("one", 1).candidate();
        Digest exchange = scene.ask(first);
        scene.ask(first);
        assertThat(scene.desk.exchange(exchange)).hasSize(1);
        assertThat(scene.effects(Effect.Answer.class).getLast().status())
                .isEqualTo(scene.status(exchange));
        scene.ask(story.draft("one", 1).candidate());
        assertThat(refusal()).isEqualTo(Fault.ATTEMPT_REUSED);
        scene.restart();
        scene.ask(first);
        assertThat(scene.effects(Effect.Answer.class).getLast().status().serial()).hasValue(1);
        scene.ask(story.draft("one", 1).candidate());
        assertThat(refusal()).isEqualTo(Fault.ATTEMPT_REUSED);
        scene.ask(story.draft("one", 2).candidate());
        assertThat(refusal()).isEqualTo(Fault.EXCHANGE_APPLIED);
        assertThat(story.log()).hasSize(3);
    }

    @Test
    void each_copy_of_a_submission_is_ordered_up_to_four() {
        Candidate candidate = story.draft("one", 1).candidate();
        for (int copy = 1; copy <= 4; copy++) {
            scene.submit(candidate);
            assertThat(scene.effects(Effect.Accepted.class)).hasSize(copy);
        }
        scene.submit(candidate);
        assertThat(refusal()).isEqualTo(Fault.ALREADY_EXISTS);
        List<Status> copies = scene.desk.exchange(candidate.exchange());
        assertThat(copies).hasSize(4);
        assertThat(copies.getFirst().end()).contains(Status.End.APPLIED);
        assertThat(copies.get(1).end()).contains(Status.End.INVALID);
        assertThat(copies.get(1).problem().orElseThrow())
                .satisfies(why -> {
                    assertThat(why.fault()).isEqualTo(Fault.STALE_READ);
                    assertThat(why.detail()).contains("serial 1");
                });
    }

    @Test
    void what_the_inbox_refused_may_be_tried_again() {
        scene.end = Settlement.End.REFUSED;
        scene.endFault = Fault.RANGE_CLOSED.number();
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        Status status = scene.status(exchange);
        assertThat(status.end()).contains(Status.End.REFUSED);
        assertThat(status.problem().orElseThrow().fault()).isEqualTo(Fault.RANGE_CLOSED);
        scene.end = Settlement.End.APPLIED;
        scene.endFault = 0;
        scene.ask(story.draft("one", 2).candidate());
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
    }

    @Test
    void valid_is_answered_only_when_a_majority_has_sealed() {
        scene.script(story.gamma(), scripted(ToAgent.Grown.class));
        scene.script(story.beta(), scripted(ToAgent.Grown.class));
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        assertThat(scene.status(exchange).state()).isEqualTo(Status.State.COMMITTED);
        assertThat(scene.told(story.alpha(), ToAgent.Bring.class)).isEmpty();
        scene.honest(story.beta());
        scene.later(Duration.ofSeconds(2));
        assertThat(scene.status(exchange).state()).isEqualTo(Status.State.SETTLED);
    }

    private BiFunction<Member, ToAgent, Optional<ToRelay>> scripted(
            Class<? extends ToAgent> ignored) {
        return (member, message) ->
                ignored.isInstance(message) ? Optional.empty() : scene.honestly(member, message);
    }

    @Test
    void the_size_that_ends_an_epoch_is_sealed_before_any_larger_one() {
        story.members().forEach(member -> scene.script(member, scripted(ToAgent.Grown.class)));
        long serial = scene.amend(new Contracts(story.members()).perHour(7).version(2));
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        assertThat(scene.status(exchange).state()).isEqualTo(Status.State.COMMITTED);
        scene.later(Duration.ofSeconds(3));
        assertThat(scene.told(story.beta(), ToAgent.Grown.class))
                .extracting(ToAgent.Grown::size)
                .doesNotContain(serial + 2);
        story.members().forEach(scene::honest);
        scene.later(Duration.ofSeconds(2));
        assertThat(scene.status(exchange).state()).isEqualTo(Status.State.SETTLED);
        assertThat(scene.desk.epochSeals()).containsKey(serial + 1);
        assertThat(scene.effects(Effect.KeepSeal.class))
                .filteredOn(kept -> kept.keep() == Effect.Keep.FOR_EVER)
                .extracting(kept -> kept.sealed().seal().size())
                .contains(serial + 1);
    }

    private Fault refusal() {
        return scene.effects(Effect.Refuse.class).getLast().why().fault();
    }
}
