package org.entente.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.endorsement.Candidate;
import org.entente.endorsement.fixture.Draft;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Hosts and endorsers that are silent, wrong or at odds (protocol.md §6.3).
final class CollectingTest {
    private Scene scene = Scene.begun();
    private Story story = scene.story;

    private void among(Story other) {
        scene = new Scene(other);
        story = other;
    }

    private Status ask(Candidate candidate) {
        return scene.status(scene.ask(candidate));
    }

    private Status askLong(Candidate candidate) {
        Digest exchange = scene.ask(candidate);
        scene.later(Duration.ofSeconds(12));
        return scene.status(exchange);
    }

    private static Fault fault(Status status) {
        return status.problem().orElseThrow().fault();
    }

    @Test
    void one_silent_endorser_of_three_fails_nothing() {
        scene.silent(story.gamma());
        assertThat(ask(story.draft("one", 1).candidate()).serial()).hasValue(1);
    }

    @Test
    void two_silent_endorsers_of_three_fail_the_attempt_and_are_named() {
        scene.silent(story.beta());
        scene.silent(story.gamma());
        Status status = askLong(story.draft("one", 1).candidate());
        assertThat(status.end()).contains(Status.End.FAILED_UNORDERED);
        assertThat(fault(status)).isEqualTo(Fault.QUORUM_MISSED);
        assertThat(status.problem().orElseThrow().detail())
                .contains("beta.example")
                .contains("gamma.example")
                .contains("did not answer");
        assertThat(scene.conduct(story.beta()).silences()).isEqualTo(1);
        assertThat(story.log()).hasSize(1);
        scene.honest(story.beta());
        assertThat(ask(story.draft("one", 2).candidate()).serial()).hasValue(1);
    }

    @Test
    void exactly_half_of_the_weight_is_refused() {
        among(Story.of((story, contracts) -> contracts.weight(story.alpha(), 2)));
        scene.silent(story.beta());
        scene.silent(story.gamma());
        Status status = askLong(story.draft("one", 1).candidate());
        assertThat(fault(status)).isEqualTo(Fault.QUORUM_MISSED);
        assertThat(story.log()).hasSize(1);
    }

    @Test
    void disagreement_of_a_majority_fails_at_once_and_says_in_what() {
        declines(story.beta());
        declines(story.gamma());
        Status status = ask(story.draft("one", 1).candidate());
        assertThat(fault(status)).isEqualTo(Fault.QUORUM_MISSED);
        assertThat(status.problem().orElseThrow().detail()).contains("it read another value");
        assertThat(scene.conduct(story.gamma()).disagreements()).isEqualTo(1);
    }

    private void declines(Member who) {
        scene.script(
                who,
                (member, message) ->
                        message instanceof ToAgent.Endorse endorse
                                ? Optional.of(
                                        new ToRelay.Declined(
                                                story.id(),
                                                ToRelay.Stage.ENDORSE,
                                                Proposal.FORMAT.digest(
                                                        endorse.sequence().proposal()),
                                                Fault.DISAGREEMENT.number(),
                                                "it read another value"))
                                : scene.honestly(member, message));
    }

    @Test
    void a_bad_signature_is_recorded_and_does_not_count() {
        Candidate forged = story.draft("forged", 1).candidate();
        scene.script(
                story.gamma(),
                (member, message) ->
                        message instanceof ToAgent.Endorse endorse
                                ? Optional.of(
                                        new ToRelay.Endorsed(
                                                story.id(),
                                                Proposal.FORMAT.digest(
                                                        endorse.sequence().proposal()),
                                                forged.evidence().endorsements().getLast()))
                                : scene.honestly(member, message));
        scene.silent(story.beta());
        Status status = askLong(story.draft("one", 1).candidate());
        assertThat(fault(status)).isEqualTo(Fault.QUORUM_MISSED);
        assertThat(scene.conduct(story.gamma()).faulty()).isEqualTo(1);
        assertThat(scene.conduct(story.gamma()).last()).contains("BAD_SIGNATURE");
        assertThat(scene.effects(Effect.Warn.class)).hasSize(1);
    }

    @Test
    void an_agent_that_endorses_two_proposals_of_one_request_is_convicted_and_not_asked_again() {
        among(hosts());
        Draft draft = story.draft("one", 1);
        Candidate first = draft.candidate();
        Candidate second = draft.proposedBy(story.beta()).candidate();
        scene.prepare(second);
        // The first host's proposal finds nobody at first, so the second host is asked.
        story.members().forEach(member -> scene.script(member, proposing(first, second)));
        Digest exchange = scene.ask(first);
        scene.later(Duration.ofSeconds(6));
        scene.prepare(second);
        scene.on(new Event.Heard(story.gamma().agent(), endorsed(story.gamma(), first)));
        scene.on(new Event.Heard(story.gamma().agent(), endorsed(story.gamma(), second)));
        Effect.Convict convict = scene.effects(Effect.Convict.class).getFirst();
        assertThat(convict.agent()).isEqualTo(story.gamma().agent());
        assertThat(convict.about()).isEqualTo(first.requestDigest());
        assertThat(ToRelay.FORMAT.decode(convict.first()).orThrow())
                .isEqualTo(endorsed(story.gamma(), first));
        assertThat(ToRelay.FORMAT.decode(convict.second()).orThrow())
                .isEqualTo(endorsed(story.gamma(), second));
        assertThat(scene.conduct(story.gamma()).suspended()).isTrue();
        assertThat(scene.status(exchange).serial()).isEmpty();
        scene.restart();
        assertThat(scene.conduct(story.gamma()).suspended()).isTrue();
    }

    private static Story hosts() {
        return Story.of(
                (story, contracts) -> contracts.hosts(List.of(story.alpha(), story.beta())));
    }

    private ToRelay endorsed(Member member, Candidate candidate) {
        return scene.endorsed(member, candidate).orElseThrow();
    }

    private BiFunction<Member, ToAgent, Optional<ToRelay>> proposing(
            Candidate first, Candidate second) {
        return (member, message) ->
                message instanceof ToAgent.Propose
                        ? Optional.of(scene.proposed(member == story.alpha() ? first : second))
                        : message instanceof ToAgent.Endorse
                                ? Optional.empty()
                                : scene.honestly(member, message);
    }

    @Test
    void a_host_that_is_silent_or_sends_garbage_gives_way_to_the_next() {
        among(hosts());
        Candidate candidate = story.draft("one", 1).proposedBy(story.beta()).candidate();
        Candidate unsigned = story.draft("two", 1).candidate();
        scene.script(
                story.alpha(),
                (member, message) ->
                        message instanceof ToAgent.Propose
                                ? Optional.of(
                                        new ToRelay.Proposed(
                                                story.id(),
                                                new Proposal(
                                                        candidate.requestDigest(),
                                                        unsigned.proposal().nodeContract(),
                                                        unsigned.proposal().readSet(),
                                                        unsigned.proposal().writeSet(),
                                                        unsigned.proposal().result(),
                                                        story.alpha().agent()),
                                                unsigned.sequence().proposerSignature(),
                                                unsigned.evidence().readSet(),
                                                unsigned.evidence().writeSet()))
                                : scene.honestly(member, message));
        assertThat(ask(candidate).end()).contains(Status.End.APPLIED);
        assertThat(scene.conduct(story.alpha()).faulty()).isEqualTo(1);

        scene.silent(story.alpha());
        Candidate next = story.draft("three", 1, "9").proposedBy(story.beta()).candidate();
        Status status = askLong(next);
        assertThat(status.end()).contains(Status.End.APPLIED);
        assertThat(scene.conduct(story.alpha()).silences()).isEqualTo(1);
    }

    @Test
    void the_next_attempt_begins_at_the_next_host() {
        among(hosts());
        Candidate candidate = story.draft("one", 2).proposedBy(story.beta()).candidate();
        assertThat(ask(candidate).end()).contains(Status.End.APPLIED);
        assertThat(scene.told(story.alpha(), ToAgent.Propose.class)).isEmpty();
    }

    @Test
    void no_host_connected_is_no_proposal_after_five_seconds_unless_one_comes() {
        scene.leave(story.alpha());
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        assertThat(scene.status(exchange).isFinal()).isFalse();
        scene.join(story.alpha());
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
        scene.leave(story.alpha());
        Status status = askLong(story.draft("two", 1).candidate());
        assertThat(fault(status)).isEqualTo(Fault.NO_PROPOSAL);
    }

    @Test
    void a_proposal_whose_values_are_not_among_the_payloads_is_not_taken() {
        Candidate candidate = story.draft("one", 1).candidate();
        scene.withoutPayload(candidate.evidence().writeSet().writes().getFirst().value());
        assertThat(fault(ask(candidate))).isEqualTo(Fault.NO_PROPOSAL);
        scene.submit(candidate);
        assertThat(scene.effects(Effect.Refuse.class).getLast().why().fault())
                .isEqualTo(Fault.UNBOUND);
    }

    @Test
    void what_every_host_says_is_what_the_application_is_told() {
        scene.script(
                story.alpha(),
                (member, message) ->
                        message instanceof ToAgent.Propose propose
                                ? Optional.of(
                                        new ToRelay.Declined(
                                                story.id(),
                                                ToRelay.Stage.PROPOSE,
                                                Request.FORMAT.digest(propose.ask().request()),
                                                Fault.RESOURCE_ABSENT.number(),
                                                "orders/7 holds nothing"))
                                : scene.honestly(member, message));
        assertThat(fault(ask(story.draft("one", 1).candidate()))).isEqualTo(Fault.RESOURCE_ABSENT);
    }

    @Test
    void without_enough_attestations_within_half_a_second_the_read_is_unconfirmed() {
        ignoresAttest(story.beta());
        ignoresAttest(story.gamma());
        Digest exchange = scene.ask(story.draft("one", 1).candidate());
        assertThat(scene.status(exchange).state()).isEqualTo(Status.State.SUBMITTED);
        scene.later(Duration.ofMillis(500));
        Status status = scene.status(exchange);
        assertThat(status.end()).contains(Status.End.INVALID);
        assertThat(fault(status)).isEqualTo(Fault.READ_UNCONFIRMED);
    }

    private void ignoresAttest(Member who) {
        scene.script(
                who,
                (member, message) ->
                        message instanceof ToAgent.Attest
                                ? Optional.empty()
                                : scene.honestly(member, message));
    }

    @Test
    void a_majority_that_attests_another_version_makes_it_stale_with_both() {
        Candidate candidate =
                story.draft("one", 1)
                        .attested(_ -> new Version.Present(Bytes.utf8("newer")))
                        .candidate();
        Status status = ask(candidate);
        assertThat(fault(status)).isEqualTo(Fault.STALE_READ);
        assertThat(status.moved().getFirst().read()).isEqualTo(Story.present());
    }

    @Test
    void a_flow_takes_so_many_requests_an_hour() {
        among(Story.of((_, contracts) -> contracts.perHour(2)));
        ask(story.draft("one", 1, "1").candidate());
        ask(story.draft("two", 1, "2").candidate());
        scene.ask(story.draft("three", 1, "3").candidate());
        assertThat(scene.effects(Effect.Refuse.class).getLast().why().fault())
                .isEqualTo(Fault.RATE_LIMITED);
        story.later(Duration.ofHours(1));
        assertThat(ask(story.draft("four", 1, "4").candidate()).end()).contains(Status.End.APPLIED);
    }

    @Test
    void an_attempt_that_failed_is_remembered_for_ten_minutes() {
        scene.silent(story.alpha());
        Candidate candidate = story.draft("one", 1).candidate();
        Status status = askLong(candidate);
        assertThat(fault(status)).isEqualTo(Fault.NO_PROPOSAL);
        scene.ask(candidate);
        assertThat(scene.effects(Effect.Answer.class).getLast().status()).isEqualTo(status);
        story.later(Duration.ofMinutes(10));
        scene.on(new Event.Tick());
        assertThat(scene.desk.exchange(candidate.exchange())).isEmpty();
    }
}
