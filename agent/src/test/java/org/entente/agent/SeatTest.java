package org.entente.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.adapter.Point;
import org.entente.adapter.Seen;
import org.entente.adapter.Sending;
import org.entente.endorsement.Candidate;
import org.entente.endorsement.Panel;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.AttestedReads;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.link.AskedKeys;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Settlement;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What a seat says and when, with the endorsement rules as the judge of it.
final class SeatTest {
    private final Story story = Story.begun();
    private final SeatStage alpha = new SeatStage(story, story.alpha());

    private SeatStage seat(Member member) {
        return new SeatStage(story, member);
    }

    private ToRelay.Proposed proposed(Ask ask) {
        alpha.hear(new ToAgent.Propose(ask, SeatStage.ARGUMENTS));
        return alpha.said(ToRelay.Proposed.class).getLast();
    }

    private static ToAgent.Endorse endorse(Ask ask, ToRelay.Proposed proposed) {
        return new ToAgent.Endorse(
                new Sequence(ask, proposed.proposal(), proposed.signature()),
                SeatStage.ARGUMENTS,
                proposed.readSet(),
                proposed.writeSet());
    }

    private Candidate endorsed(Ask ask) {
        ToRelay.Proposed proposed = proposed(ask);
        List<SeatStage> seats = List.of(alpha, seat(story.beta()), seat(story.gamma()));
        Sequence sequence = new Sequence(ask, proposed.proposal(), proposed.signature());
        List<AskedKeys> keys =
                List.of(new AskedKeys(story.source(), List.of(story.order("7").key())));
        seats.forEach(seat ->
                seat.hear(endorse(ask, proposed))
                        .hear(new ToAgent.Attest(story.id(), sequence.digest(), keys)));
        return Candidate.of(
                        sequence,
                        new Evidence(
                                proposed.readSet(),
                                proposed.writeSet(),
                                seats.stream()
                                        .map(it ->
                                                it.said(ToRelay.Endorsed.class).getLast().vouch())
                                        .sorted()
                                        .toList(),
                                seats.stream()
                                        .map(it ->
                                                it.said(ToRelay.Attested.class)
                                                        .getLast()
                                                        .attestation())
                                        .sorted()
                                        .toList()))
                .orThrow();
    }

    @Test
    void three_seats_make_a_submission_that_the_full_sequence_check_accepts() {
        Candidate candidate = endorsed(SeatStage.ask(story, "one", SeatStage.ARGUMENTS));
        assertThat(story.rule(candidate).verdict()).isEqualTo(Verdict.accepted());
        assertThat(story.order(candidate).fault()).isZero();
    }

    @Test
    void the_values_lie_among_the_payloads_before_they_are_proposed() {
        Ask ask = SeatStage.ask(story, "one", SeatStage.ARGUMENTS);
        alpha.answering(answer ->
                        answer instanceof Answer.Uploaded ? new Answer.Away("full") : answer)
                .hear(new ToAgent.Propose(ask, SeatStage.ARGUMENTS));
        assertThat(alpha.said(ToRelay.Proposed.class)).isEmpty();
        assertThat(alpha.durable).noneMatch(Decision.Proposed.class::isInstance);
    }

    @Test
    void nothing_is_said_before_it_is_durable() {
        Ask ask = SeatStage.ask(story, "one", SeatStage.ARGUMENTS);
        alpha.diskStuck().hear(new ToAgent.Propose(ask, SeatStage.ARGUMENTS)).grown();
        assertThat(alpha.said).isEmpty();
    }

    @Test
    void a_request_that_was_proposed_is_proposed_the_same_after_a_crash() {
        Ask ask = SeatStage.ask(story, "one", SeatStage.ARGUMENTS);
        Proposal before = proposed(ask).proposal();
        alpha.crash();
        alpha.chain.put(story.order("7"), Bytes.utf8("another"));
        assertThat(proposed(ask).proposal()).isEqualTo(before);
        assertThat(alpha.asked).isEmpty();
    }

    @Test
    void another_value_here_is_a_disagreement_that_names_the_key() {
        Ask ask = SeatStage.ask(story, "one", SeatStage.ARGUMENTS);
        SeatStage beta = seat(story.beta());
        beta.chain.put(story.order("7"), Bytes.utf8("eight"));
        beta.hear(endorse(ask, proposed(ask))).passing(Duration.ofSeconds(2));
        assertThat(beta.declined()).isEqualTo(Fault.DISAGREEMENT);
        assertThat(beta.said(ToRelay.Declined.class).getFirst().detail()).contains("orders/7");
    }

    @Test
    void a_chain_that_catches_up_within_the_second_is_waited_for() {
        Ask ask = SeatStage.ask(story, "one", SeatStage.ARGUMENTS);
        SeatStage beta = seat(story.beta());
        beta.chain.put(story.order("7"), Bytes.utf8("old"));
        beta.hear(endorse(ask, proposed(ask)));
        beta.chain.put(story.order("7"), Bytes.utf8("seven"));
        beta.passing(Duration.ofMillis(300));
        assertThat(beta.said(ToRelay.Endorsed.class)).hasSize(1);
    }

    @Test
    void one_request_gets_one_endorsement_even_after_a_crash() {
        Ask ask = SeatStage.ask(story, "one", SeatStage.ARGUMENTS);
        ToRelay.Proposed first = proposed(ask);
        SeatStage beta = seat(story.beta()).hear(endorse(ask, first));
        assertThat(beta.said(ToRelay.Endorsed.class)).hasSize(1);

        SeatStage other = seat(story.alpha());
        other.chain.put(story.order("7"), Bytes.utf8("eight"));
        other.hear(new ToAgent.Propose(ask, SeatStage.ARGUMENTS));
        ToRelay.Proposed second = other.said(ToRelay.Proposed.class).getLast();
        assertThat(second.proposal()).isNotEqualTo(first.proposal());
        beta.chain.put(story.order("7"), Bytes.utf8("eight"));
        beta.crash().hear(endorse(ask, second));
        assertThat(beta.said(ToRelay.Endorsed.class)).isEmpty();
        assertThat(beta.declined()).isEqualTo(Fault.DISAGREEMENT);
    }

    @Test
    void a_decision_that_was_not_durable_binds_nobody() {
        Ask ask = SeatStage.ask(story, "one", SeatStage.ARGUMENTS);
        ToRelay.Proposed first = proposed(ask);
        SeatStage beta = seat(story.beta()).diskStuck().hear(endorse(ask, first));
        assertThat(beta.said).isEmpty();
        beta.crash().hear(endorse(ask, first));
        assertThat(beta.said(ToRelay.Endorsed.class)).hasSize(1);
    }

    @Test
    void what_the_chain_cannot_vouch_for_is_declined_with_the_reason() {
        Verdict.Rejected doubt = Verdict.rejected(Fault.BAD_PROOF, "it does not prove itself");
        assertThat(told(new Answer.Away("no answer"))).isEqualTo(Fault.CHAIN_UNREACHABLE);
        assertThat(told(new Answer.Keys(new Seen.Doubted<>(doubt))))
                .isEqualTo(Fault.CHAIN_UNREACHABLE);
        assertThat(told(new Answer.Keys(new Seen.Disputed<>("a says 1, b says 2"))))
                .isEqualTo(Fault.SOURCES_DISAGREE);
        Point point = new Point(3, Bytes.utf8("b"));
        Point other = new Point(3, Bytes.utf8("c"));
        assertThat(told(new Answer.Keys(new Seen.FinalityBroken<>(point, other, 2))))
                .isEqualTo(Fault.FINALITY_BROKEN);
    }

    private Fault told(Answer keys) {
        SeatStage seat =
                seat(story.alpha())
                        .answering(answer -> answer instanceof Answer.Keys ? keys : answer);
        seat.hear(
                new ToAgent.Propose(
                        SeatStage.ask(story, "one", SeatStage.ARGUMENTS), SeatStage.ARGUMENTS));
        return seat.declined();
    }

    @Test
    void what_the_flow_does_not_allow_is_not_even_read() {
        assertThat(asked("{\"copy\": [{\"from\": \"secrets/7\", \"to\": \"orders/7\"}]}"))
                .isEqualTo(Fault.RESOURCE_OUTSIDE);
        assertThat(alpha.asked).isEmpty();
        alpha.said.clear();
        assertThat(asked("{\"copy\": [{\"from\": \"orders/7\", \"to\": \"secrets\"}]}"))
                .isEqualTo(Fault.RESOURCE_OUTSIDE);
        assertThat(alpha.asked).isEmpty();
    }

    @Test
    void arguments_are_read_strictly() {
        assertThat(asked("{\"copy\": [], \"more\": 1}")).isEqualTo(Fault.INVALID_VALUE);
        alpha.said.clear();
        assertThat(asked("{\"copy\"")).isEqualTo(Fault.MALFORMED);
        alpha.said.clear();
        assertThat(
                        asked(
                                "{\"copy\": [{\"from\": \"orders/7\", \"to\": \"orders/7\"},"
                                        + "{\"from\": \"orders/8\", \"to\": \"orders/7\"}]}"))
                .isEqualTo(Fault.INVALID_VALUE);
    }

    @Test
    void a_key_that_holds_nothing_is_absent() {
        assertThat(asked("{\"copy\": [{\"from\": \"orders/8\", \"to\": \"orders/7\"}]}"))
                .isEqualTo(Fault.RESOURCE_ABSENT);
    }

    private Fault asked(String arguments) {
        Bytes bytes = Bytes.utf8(arguments);
        alpha.hear(new ToAgent.Propose(SeatStage.ask(story, "one", bytes), bytes));
        return alpha.declined();
    }

    @Test
    void only_a_host_proposes_and_only_what_is_in_time() {
        Ask ask = SeatStage.ask(story, "one", SeatStage.ARGUMENTS);
        SeatStage beta = seat(story.beta()).hear(new ToAgent.Propose(ask, SeatStage.ARGUMENTS));
        assertThat(beta.declined()).isEqualTo(Fault.NOT_A_HOST);
        story.later(Duration.ofMinutes(6));
        alpha.hear(new ToAgent.Propose(ask, SeatStage.ARGUMENTS));
        assertThat(alpha.declined()).isEqualTo(Fault.REQUEST_EXPIRED);
    }

    @Test
    void an_attestation_holds_for_the_panel() {
        Digest submission = Digest.of(Bytes.utf8("a submission"));
        alpha.hear(
                new ToAgent.Attest(
                        story.id(),
                        submission,
                        List.of(new AskedKeys(story.source(), List.of(story.order("7").key())))));
        var attestation = alpha.said(ToRelay.Attested.class).getLast().attestation();
        Digest leaf =
                AttestedReads.FORMAT.digest(new AttestedReads(submission, attestation.chains()));
        assertThat(
                        Panel.sealers(story.record())
                                .holds(BatchRoot.ATTEST, leaf, attestation.vouch(), Story.VERIFIER))
                .isEqualTo(Verdict.accepted());
    }

    /// What gamma follows without having signed any of it.
    private void ordered(Story in, String exchange, String order) {
        in.order(
                in.draft(exchange, 1, order)
                        .endorsedBy(List.of(in.alpha(), in.beta()))
                        .candidate());
    }

    @Test
    void the_log_is_sealed_where_it_is_asked_and_a_smaller_size_of_that_log_alone() {
        SeatStage gamma = seat(story.gamma());
        ordered(story, "one", "7");
        gamma.grown();
        Seal one = gamma.said(ToRelay.Sealing.class).getLast().seal();
        assertThat(one).isEqualTo(story.sealed(one.size(), story.members()).seal());
        gamma.crash().grown().hear(new ToAgent.Grown(story.id(), 1));
        assertThat(gamma.said(ToRelay.Sealing.class))
                .hasSizeGreaterThan(1)
                .allMatch(said ->
                        said.seal()
                                .equals(story.sealed(said.seal().size(), story.members()).seal()));
    }

    @Test
    void a_log_that_is_not_the_sealed_one_is_objected_to() {
        SeatStage gamma = seat(story.gamma());
        ordered(story, "one", "7");
        gamma.grown();
        Story other = Story.begun();
        ordered(other, "one", "7");
        SeatStage stage = new SeatStage(other, other.gamma());
        stage.durable.clear();
        stage.durable.addAll(gamma.durable);
        ordered(other, "two", "8");
        stage.crash().grown();
        assertThat(stage.said(ToRelay.Objected.class)).isNotEmpty();
        assertThat(stage.said(ToRelay.Sealing.class)).isEmpty();
    }

    @Test
    void an_entry_from_the_future_is_not_taken_until_its_time_has_come() {
        SeatStage slow = seat(story.gamma()).clock(Duration.ofSeconds(-6));
        story.later(Duration.ofSeconds(1));
        ordered(story, "one", "7");
        long size = story.notary().size();
        slow.grown();
        assertThat(slow.said(ToRelay.Objected.class)).hasSize(1);
        slow.passing(Duration.ofSeconds(11));
        assertThat(slow.seat().notary().size()).isEqualTo(size);
    }

    @Test
    void an_entry_that_is_told_of_too_late_is_objected_to_once_and_followed_after_a_while() {
        SeatStage gamma = seat(story.gamma());
        story.later(Duration.ofSeconds(1));
        ordered(story, "one", "7");
        long size = story.notary().size();
        story.later(Duration.ofSeconds(7));
        gamma.grown();
        assertThat(gamma.said(ToRelay.Objected.class)).hasSize(1);
        assertThat(gamma.seat().notary().size()).isLessThan(size);
        // When it looks again the records take their time, and the relay says once more how far it
        // is.
        gamma.relay(false).passing(Duration.ofSeconds(10)).grown().relay(true);
        gamma.passing(Duration.ofSeconds(1));
        assertThat(gamma.said(ToRelay.Objected.class)).hasSize(1);
        assertThat(gamma.seat().notary().size()).isEqualTo(size);
        assertThat(gamma.said(ToRelay.Sealing.class)).isNotEmpty();
    }

    @Test
    void a_signature_that_the_journal_does_not_have_stops_the_seat() {
        story.order(story.draft("one", 1).endorsedBy(story.members()).candidate());
        SeatStage fresh = seat(story.beta());
        fresh.tell(new Event.Tick());
        assertThat(fresh.seat().isStopped()).isTrue();
        assertThat(fresh.seen(Effect.Stop.class)).hasSize(1);
    }

    @Test
    void while_the_clock_is_behind_the_recorded_time_nothing_is_signed() {
        Ask ask = SeatStage.ask(story, "one", SeatStage.ARGUMENTS);
        ToRelay.Proposed proposed = proposed(ask);
        SeatStage beta = seat(story.beta());
        beta.hear(endorse(ask, proposed));
        assertThat(beta.said(ToRelay.Endorsed.class)).hasSize(1);
        beta.said.clear();
        beta.clock(Duration.ofSeconds(-3)).hear(endorse(ask, proposed));
        assertThat(beta.said).isEmpty();
        beta.clock(Duration.ZERO).tell(new Event.Tick());
        assertThat(beta.said(ToRelay.Endorsed.class)).hasSize(1);
    }

    @Test
    void a_delivery_is_stored_before_it_is_sent_and_sent_again_after_a_crash() {
        long serial = deliverable();
        SeatStage beta = seatFollowing();
        beta.answering(answer ->
                        answer instanceof Answer.Sent
                                ? new Answer.Sent(new Sending.Unknown("who knows"))
                                : answer)
                .hear(new ToAgent.Bring(story.id(), serial));
        assertThat(beta.durable).anyMatch(Decision.Stored.class::isInstance);
        assertThat(beta.said(ToRelay.Brought.class)).isEmpty();
        beta.answering(answer -> answer).crash();
        assertThat(beta.asked).anyMatch(Question.Send.class::isInstance);
        assertThat(beta.said(ToRelay.Brought.class))
                .containsExactly(new ToRelay.Brought(story.id(), serial, 0, ""));
    }

    @Test
    void a_chain_that_is_reorganised_under_a_delivery_is_said_to_be() {
        long serial = deliverable();
        SeatStage beta = seatFollowing();
        List<Sending> ends =
                new ArrayList<>(
                        List.of(
                                new Sending.Waiting(Optional.empty()),
                                new Sending.Waiting(Optional.of(7L)),
                                new Sending.Waiting(Optional.of(7L)),
                                new Sending.Waiting(Optional.empty())));
        beta.answering(answer ->
                answer instanceof Answer.Sent && !ends.isEmpty()
                        ? new Answer.Sent(ends.removeFirst())
                        : answer);
        beta.hear(new ToAgent.Bring(story.id(), serial)).passing(Duration.ofSeconds(5));
        assertThat(ends).isEmpty();
        List<String> told =
                beta.others.stream()
                        .filter(Effect.Tell.class::isInstance)
                        .map(each -> ((Effect.Tell) each).words())
                        .filter(words -> words.contains("reorganised"))
                        .toList();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst()).contains("block 7");
    }

    @Test
    void when_a_chain_is_back_nobody_rests_on_who_was_sent_before() {
        long first = deliverableByOthers("one", "7");
        long second = deliverableByOthers("two", "8");
        SeatStage gamma = seat(story.gamma());
        gamma.deliveries.putAll(ready);
        gamma.answering(
                answer -> answer instanceof Answer.Sent ? new Answer.Away("refused") : answer);
        gamma.hear(new ToAgent.Bring(story.id(), first)).passing(Duration.ofMillis(2_500));
        gamma.hear(new ToAgent.Bring(story.id(), second)).passing(Duration.ofSeconds(30));
        gamma.said.clear();
        gamma.answering(answer -> answer);
        for (int step = 0; step < 200 && gamma.said(ToRelay.Brought.class).isEmpty(); step++) {
            gamma.passing(Duration.ofMillis(50));
        }
        assertThat(gamma.said(ToRelay.Brought.class))
                .containsExactlyInAnyOrder(
                        new ToRelay.Brought(story.id(), first, 0, ""),
                        new ToRelay.Brought(story.id(), second, 0, ""));
    }

    /// One that gamma has no part in.
    private long deliverableByOthers(String name, String order) {
        var draft = story.draft(name, 1, order).endorsedBy(List.of(story.alpha(), story.beta()));
        Candidate candidate = draft.candidate();
        long serial = story.order(candidate).serial();
        ready.put(
                serial, Delivery.FORMAT.encode(story.delivery(serial, candidate, draft.values())));
        return serial;
    }

    @Test
    void a_delivery_whose_bytes_were_altered_is_not_brought() {
        long serial = deliverable();
        SeatStage beta = seatFollowing();
        Bytes bytes = beta.deliveries.getOrDefault(serial, Bytes.EMPTY);
        byte[] altered = bytes.toArray();
        altered[altered.length - 1] ^= 1;
        beta.deliveries.put(serial, Bytes.copyOf(altered));
        beta.hear(new ToAgent.Bring(story.id(), serial));
        assertThat(beta.asked).noneMatch(Question.Prepare.class::isInstance);
        assertThat(beta.said(ToRelay.Brought.class).getLast().fault())
                .isEqualTo(Fault.UNBOUND.number());
    }

    private final TreeMap<Long, Bytes> ready = new TreeMap<>();
    private final List<Decision> betas = new ArrayList<>();

    private long deliverable() {
        Ask ask = SeatStage.ask(story, "one", SeatStage.ARGUMENTS);
        ToRelay.Proposed proposed = proposed(ask);
        SeatStage beta = seat(story.beta()).hear(endorse(ask, proposed));
        betas.addAll(beta.durable);
        Candidate candidate = endorsed(ask);
        long serial = story.order(candidate).serial();
        ready.put(
                serial,
                Delivery.FORMAT.encode(
                        story.delivery(serial, candidate, List.of(Bytes.utf8("seven")))));
        return serial;
    }

    private SeatStage seatFollowing() {
        SeatStage beta = seat(story.beta());
        beta.durable.addAll(betas);
        beta.deliveries.putAll(ready);
        beta.crash();
        return beta;
    }

    @Test
    void an_outcome_is_vouched_for_once_it_is_final() {
        long serial = deliverable();
        SeatStage beta = seatFollowing();
        beta.hear(new ToAgent.Observe(story.id(), serial));
        assertThat(beta.said(ToRelay.Observed.class)).isEmpty();
        Settlement applied = story.settlement(serial, Settlement.End.APPLIED, 0);
        beta.outcomes.put(serial, applied);
        beta.passing(Duration.ofSeconds(1));
        ToRelay.Observed observed = beta.said(ToRelay.Observed.class).getLast();
        assertThat(
                        Panel.sealers(story.record())
                                .holds(
                                        BatchRoot.OBSERVE,
                                        Settlement.FORMAT.digest(applied),
                                        observed.vouch(),
                                        Story.VERIFIER))
                .isEqualTo(Verdict.accepted());
    }

    @Test
    void two_ends_of_one_serial_are_never_vouched_for() {
        long serial = deliverable();
        SeatStage beta = seatFollowing();
        beta.outcomes.put(serial, story.settlement(serial, Settlement.End.APPLIED, 0));
        beta.hear(new ToAgent.Observe(story.id(), serial));
        beta.outcomes.put(
                serial,
                story.settlement(serial, Settlement.End.REFUSED, Fault.BASE_REFUSED.number()));
        beta.crash().hear(new ToAgent.Observe(story.id(), serial));
        assertThat(beta.said(ToRelay.Observed.class))
                .extracting(said -> said.settlement().end())
                .containsExactly(Settlement.End.APPLIED);
    }
}
