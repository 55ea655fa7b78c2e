package org.entente.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.link.Break;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What follows when agents say that a final block was replaced, and what does not.
final class BreaksTest {
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private final Scene scene = Scene.begun();
    private final Story story = scene.story;

    private void says(Member member, ChainId chain, long since, Break.State state) {
        Break said =
                new Break(
                        story.id(),
                        chain,
                        new Break.Block(1_000, Bytes.utf8("followed")),
                        new Break.Block(1_000, Bytes.utf8("found")),
                        since,
                        story.log().size(),
                        state);
        scene.on(
                new Event.Heard(
                        member.agent(),
                        new ToRelay.Broken(
                                said, member.agentKey().sign(Break.FORMAT.digest(said)))));
    }

    private void all(ChainId chain, long since, Break.State state) {
        story.members().forEach(member -> says(member, chain, since, state));
    }

    private Digest applied(String name) {
        Digest exchange = scene.ask(story.draft(name, 1).candidate());
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
        return exchange;
    }

    private List<Affected.What> marks(Digest exchange) {
        return scene.status(exchange).affected().stream().map(Affected::what).toList();
    }

    private Optional<Fault> refused(String name) {
        scene.done.clear();
        scene.ask(story.draft(name, 1).candidate());
        return scene.effects(Effect.Refuse.class).stream()
                .map(refuse -> refuse.why().fault())
                .findFirst();
    }

    @Test
    void the_word_of_one_agent_stops_nothing_and_marks_nothing() {
        Digest before = applied("one");
        for (ChainId chain : List.of(story.source(), story.destination())) {
            says(story.alpha(), chain, 0, Break.State.STANDS);
        }
        assertThat(scene.desk.breaks()).hasSize(2);
        assertThat(scene.desk.broken()).isEmpty();
        assertThat(scene.desk.affected()).isEmpty();
        assertThat(marks(before)).isEmpty();
        applied("two");
        scene.later(A_WHILE);
        assertThat(scene.effects(Effect.Send.class))
                .noneMatch(send -> send.message() instanceof ToAgent.Look);
    }

    @Test
    void when_most_say_so_the_flow_stands_still_and_says_why_until_they_go_on() {
        all(story.destination(), 5, Break.State.STANDS);
        assertThat(scene.desk.broken()).hasSize(1);
        assertThat(refused("one")).contains(Fault.FINALITY_BROKEN);
        says(story.alpha(), story.destination(), 5, Break.State.MENDED);
        says(story.beta(), story.destination(), 5, Break.State.MENDED);
        assertThat(scene.desk.broken()).isEmpty();
        applied("two");
    }

    @Test
    void a_bad_signature_and_another_log_count_for_nothing() {
        Break said =
                new Break(
                        story.id(),
                        story.source(),
                        new Break.Block(9, Bytes.utf8("followed")),
                        new Break.Block(9, Bytes.utf8("found")),
                        0,
                        1,
                        Break.State.STANDS);
        scene.on(
                new Event.Heard(
                        story.alpha().agent(),
                        new ToRelay.Broken(
                                said, story.beta().agentKey().sign(Break.FORMAT.digest(said)))));
        Break ahead =
                new Break(
                        story.id(),
                        story.source(),
                        said.followed(),
                        said.found(),
                        0,
                        story.log().size() + 1L,
                        Break.State.STANDS);
        scene.on(
                new Event.Heard(
                        story.alpha().agent(),
                        new ToRelay.Broken(
                                ahead, story.alpha().agentKey().sign(Break.FORMAT.digest(ahead)))));
        assertThat(scene.desk.breaks()).isEmpty();
        assertThat(scene.conduct(story.alpha()).faulty()).isEqualTo(2);
    }

    @Test
    void an_agent_that_came_back_and_does_not_say_it_again_does_not_mean_it_any_more() {
        all(story.source(), 5, Break.State.STANDS);
        story.members().forEach(scene::join);
        assertThat(scene.desk.broken()).hasSize(1);
        scene.later(Duration.ofSeconds(31));
        assertThat(scene.desk.breaks()).isEmpty();
        assertThat(scene.desk.broken()).isEmpty();
    }

    @Test
    void what_was_read_at_or_above_the_replaced_height_is_marked_and_the_log_stays() {
        Digest exchange = applied("one");
        long size = story.log().size();
        long attested =
                story.draft("two", 1)
                        .candidate()
                        .evidence()
                        .attestations()
                        .getFirst()
                        .chains()
                        .getFirst()
                        .finalHeight();
        all(story.source(), attested + 1, Break.State.STANDS);
        assertThat(marks(exchange)).isEmpty();
        all(story.source(), attested, Break.State.STANDS);
        assertThat(marks(exchange)).containsExactly(Affected.What.READ);
        // One that lies about how far it reaches moves nothing.
        says(story.gamma(), story.source(), 0, Break.State.STANDS);
        assertThat(scene.desk.affected().getFirst().height()).isEqualTo(attested);
        all(story.source(), attested, Break.State.MENDED);
        scene.later(A_WHILE);
        assertThat(marks(exchange)).containsExactly(Affected.What.READ);
        Digest later = applied("three");
        assertThat(marks(later)).isEmpty();
        assertThat(story.log().get((int) size - 1).entry().serial()).isEqualTo(size - 1);
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
    }

    @Test
    void a_delivery_that_vanished_is_made_again_and_is_not_marked_any_more() {
        Digest exchange = applied("one");
        long size = story.log().size();
        all(story.destination(), 5, Break.State.STANDS);
        scene.later(A_WHILE);
        assertThat(marks(exchange)).containsExactly(Affected.What.UNSEEN);
        boolean[] there = new boolean[1];
        story.members()
                .forEach(member ->
                        scene.script(
                                member,
                                (who, message) ->
                                        switch (message) {
                                            case ToAgent.Look(var settlement) ->
                                                    Optional.of(
                                                            new ToRelay.Looked(
                                                                    story.id(),
                                                                    settlement.serial(),
                                                                    there[0]
                                                                            ? ToRelay.Found.SAME
                                                                            : ToRelay.Found
                                                                                    .NOTHING));
                                            case ToAgent.BringAgain(var _, long serial) -> {
                                                there[0] = true;
                                                yield Optional.of(
                                                        new ToRelay.Brought(
                                                                story.id(), serial, 0, ""));
                                            }
                                            default -> scene.honestly(who, message);
                                        }));
        all(story.destination(), 5, Break.State.MENDED);
        scene.later(A_WHILE);
        assertThat(there[0]).isTrue();
        assertThat(marks(exchange)).isEmpty();
        assertThat(story.log()).hasSize((int) size);
    }

    @Test
    void another_end_on_the_chain_is_shown_and_nothing_is_done_about_it() {
        Digest exchange = applied("one");
        story.members()
                .forEach(member ->
                        scene.script(
                                member,
                                (who, message) ->
                                        message instanceof ToAgent.Look(var settlement)
                                                ? Optional.of(
                                                        new ToRelay.Looked(
                                                                story.id(),
                                                                settlement.serial(),
                                                                ToRelay.Found.ANOTHER))
                                                : scene.honestly(who, message)));
        all(story.destination(), 5, Break.State.MENDED);
        scene.later(A_WHILE);
        assertThat(marks(exchange)).containsExactly(Affected.What.ANOTHER_END);
        assertThat(scene.effects(Effect.Send.class))
                .noneMatch(send -> send.message() instanceof ToAgent.BringAgain);
        assertThat(scene.status(exchange).end()).contains(Status.End.APPLIED);
    }

    @Test
    void what_goes_to_a_chain_that_most_call_broken_waits_with_that_reason() {
        story.members()
                .forEach(member ->
                        scene.script(
                                member,
                                (who, message) ->
                                        message instanceof ToAgent.Bring
                                                        || message instanceof ToAgent.Observe
                                                ? Optional.empty()
                                                : scene.honestly(who, message)));
        Digest sent = scene.ask(story.draft("one", 1).candidate());
        assertThat(scene.status(sent).state()).isEqualTo(Status.State.DELIVERING);
        all(story.destination(), 5, Break.State.STANDS);
        scene.later(Duration.ofSeconds(30));
        assertThat(scene.desk.parked()).isNotEmpty();
        assertThat(scene.desk.parked().getFirst().why()).contains("FINALITY_BROKEN");
        story.members().forEach(scene::honest);
        all(story.destination(), 5, Break.State.MENDED);
        scene.later(Duration.ofSeconds(5));
        assertThat(scene.status(sent).end()).contains(Status.End.APPLIED);
        assertThat(scene.desk.parked()).isEmpty();
    }
}
