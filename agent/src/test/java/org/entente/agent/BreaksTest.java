package org.entente.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.adapter.Point;
import org.entente.adapter.Seen;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.link.Break;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Settlement;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// What a seat does when a final block of a chain was replaced.
final class BreaksTest {
    private static final Point LOST = new Point(12, Bytes.utf8("a block"));
    private static final Point FOUND = new Point(12, Bytes.utf8("another block"));

    private final Story story = Story.begun();
    private final SeatStage alpha = new SeatStage(story, story.alpha());

    private static Answer broken(Answer answer) {
        Seen.FinalityBroken<Point> how = new Seen.FinalityBroken<>(LOST, FOUND, 10);
        return switch (answer) {
            case Answer.Head _ -> new Answer.Head(how);
            case Answer.Keys _ -> new Answer.Keys(new Seen.FinalityBroken<>(LOST, FOUND, 10));
            default -> answer;
        };
    }

    @Test
    void a_seat_that_sees_a_final_block_replaced_says_so_and_signs_nothing_of_the_chain() {
        SeatStage seat = new SeatStage(story, story.alpha()).answering(BreaksTest::broken);
        seat.passing(Duration.ofSeconds(11));
        List<ToRelay.Broken> said = seat.said(ToRelay.Broken.class);
        assertThat(said).hasSize(2);
        ToRelay.Broken first = said.getFirst();
        assertThat(first.said().followed().hash()).isEqualTo(LOST.hash());
        assertThat(first.said().since()).isEqualTo(10);
        assertThat(first.said().size()).isEqualTo(story.notary().size());
        assertThat(
                        Story.VERIFIER.verify(
                                story.alpha().agentKey().key(),
                                Break.FORMAT.digest(first.said()),
                                first.signature()))
                .isTrue();
        seat.asked.clear();
        Ask ask = SeatStage.ask(story, "one", SeatStage.ARGUMENTS);
        seat.hear(new ToAgent.Propose(ask, SeatStage.ARGUMENTS));
        assertThat(seat.declined()).isEqualTo(Fault.FINALITY_BROKEN);
        seat.said.clear();
        alpha.hear(new ToAgent.Propose(ask, SeatStage.ARGUMENTS));
        ToRelay.Proposed proposed = alpha.said(ToRelay.Proposed.class).getLast();
        seat.hear(
                new ToAgent.Endorse(
                        new Sequence(ask, proposed.proposal(), proposed.signature()),
                        SeatStage.ARGUMENTS,
                        proposed.readSet(),
                        proposed.writeSet()));
        assertThat(seat.declined()).isEqualTo(Fault.FINALITY_BROKEN);
        assertThat(seat.asked).isEmpty();
    }

    private static List<Break> said(SeatStage seat) {
        return seat.said(ToRelay.Broken.class).stream().map(ToRelay.Broken::said).toList();
    }

    @Test
    void what_was_said_of_a_chain_is_said_again_after_a_hello_and_a_crash_until_it_is_mended() {
        SeatStage seat = new SeatStage(story, story.alpha()).answering(BreaksTest::broken);
        seat.passing(Duration.ofSeconds(11));
        List<Break> first = said(seat);
        assertThat(first).hasSize(2);
        seat.said.clear();
        seat.tell(new Event.Unlinked());
        seat.tell(new Event.Linked());
        assertThat(said(seat)).isEqualTo(first);
        seat.crash();
        assertThat(said(seat)).isEqualTo(first);
        seat.answering(answer -> answer).said.clear();
        seat.passing(Duration.ofSeconds(11));
        assertThat(seat.said(ToRelay.Broken.class))
                .hasSize(2)
                .allMatch(each -> each.said().state() == Break.State.MENDED);
        seat.said.clear();
        seat.hear(
                new ToAgent.Propose(
                        SeatStage.ask(story, "two", SeatStage.ARGUMENTS), SeatStage.ARGUMENTS));
        assertThat(seat.said(ToRelay.Proposed.class)).hasSize(1);
    }

    @Test
    void a_seat_says_what_an_inbox_has_of_what_is_settled_and_vouches_for_nothing() {
        Settlement settled =
                new Settlement(
                        story.id(), 1, story.destination(), Story.INBOX, Settlement.End.APPLIED, 0);
        Settlement other =
                new Settlement(
                        story.id(),
                        1,
                        story.destination(),
                        Story.INBOX,
                        Settlement.End.CANCELLED,
                        0);
        alpha.hear(new ToAgent.Look(settled));
        alpha.outcomes.put(1L, other);
        alpha.hear(new ToAgent.Look(settled));
        alpha.outcomes.put(1L, settled);
        alpha.hear(new ToAgent.Look(settled));
        assertThat(alpha.said(ToRelay.Looked.class).stream().map(ToRelay.Looked::found))
                .containsExactly(ToRelay.Found.NOTHING, ToRelay.Found.ANOTHER, ToRelay.Found.SAME);
        assertThat(alpha.said(ToRelay.Observed.class)).isEmpty();
    }
}
