package org.entente.endorsement;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.endorsement.fixture.Story;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.log.CancelGrounds;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Outcome;
import org.entente.protocol.log.Settlement;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What an alliance's log may say next, by the log alone.
final class NotaryTest {
    private final Story story = Story.begun();

    @Test
    void another_notary_follows_the_whole_log_to_the_same_place() {
        long applied = story.order(story.draft("one", 1).candidate()).serial();
        story.order(story.draft("two", 1).endorsedBy(List.of()).candidate());
        story.settle(applied, Settlement.End.APPLIED, 0);
        story.amend(new Contracts(story.members()).perHour(7).version(2));
        story.order(story.draft("three", 1).candidate());

        Notary other = new Notary(story.id(), Story.VERIFIER);
        for (EntryRecord record : story.log()) {
            assertThat(other.check(record)).isEqualTo(Verdict.accepted());
            other.take(record);
        }
        assertThat(other.size()).isEqualTo(story.notary().size());
        assertThat(other.alliance()).isEqualTo(story.notary().alliance());
        assertThat(other.book().open()).isEqualTo(story.notary().book().open());
    }

    @Test
    void a_log_begins_with_record_0_of_the_alliance_it_is_named_by() {
        Notary other = new Notary(new AllianceId(Digest.of(Bytes.EMPTY)), Story.VERIFIER);
        assertThat(fault(other.check(story.log().getFirst()))).isEqualTo(Fault.UNBOUND);
        assertThat(fault(other.check(exchange(0, story.now(), 0, "one"))))
                .isEqualTo(Fault.INVALID_VALUE);
    }

    @Test
    void an_outcome_that_the_check_does_not_give_is_found_out() {
        long serial = story.notary().size();
        assertThat(story.notary().check(exchange(serial, story.now(), 0, "one")))
                .isEqualTo(Verdict.accepted());
        assertThat(
                        fault(
                                story.notary()
                                        .check(
                                                exchange(
                                                        serial,
                                                        story.now(),
                                                        Fault.STALE_READ.number(),
                                                        "one"))))
                .isEqualTo(Fault.INVALID_VALUE);
    }

    @Test
    void serials_follow_and_times_do_not_decrease() {
        long serial = story.notary().size();
        assertThat(fault(story.notary().check(exchange(serial + 1, story.now(), 0, "one"))))
                .isEqualTo(Fault.OUTDATED);
        assertThat(
                        fault(
                                story.notary()
                                        .check(
                                                exchange(
                                                        serial,
                                                        story.now().minusMillis(1),
                                                        0,
                                                        "one"))))
                .isEqualTo(Fault.INVALID_VALUE);
    }

    @Test
    void an_entry_names_what_stands_beside_it() {
        EntryRecord sound = exchange(story.notary().size(), story.now(), 0, "one");
        EntryRecord other = exchange(story.notary().size(), story.now(), 0, "two");
        assertThat(
                        fault(
                                story.notary()
                                        .check(
                                                new EntryRecord(
                                                        sound.entry(),
                                                        other.content(),
                                                        other.evidence()))))
                .isEqualTo(Fault.UNBOUND);
    }

    @Test
    void a_request_that_nobody_signed_is_never_logged() {
        Candidate unsigned = story.draft("one", 1).signedBy(Member.freshSigner()).candidate();
        EntryRecord record = record(unsigned, story.notary().size(), story.now(), 0);
        assertThat(fault(story.notary().check(record))).isEqualTo(Fault.BAD_SIGNATURE);
    }

    @Test
    void an_exchange_is_cancelled_when_it_is_overdue_and_not_before() {
        long serial = story.order(story.draft("one", 1).candidate()).serial();
        CancelGrounds overdue = new CancelGrounds.Evident();
        story.later(Duration.ofMinutes(10));
        assertThat(fault(story.notary().check(story.cancellation(serial, overdue))))
                .isEqualTo(Fault.INVALID_VALUE);

        story.later(Duration.ofMillis(1));
        story.append(story.cancellation(serial, overdue));
        assertThat(fault(story.notary().check(story.cancellation(serial, overdue))))
                .isEqualTo(Fault.OUTDATED);
    }

    @Test
    void what_struck_keys_endorsed_is_cancelled_once_the_rest_is_no_majority() {
        CancelGrounds evident = new CancelGrounds.Evident();
        long weak = story.order(endorsed("weak", story.alpha(), story.gamma())).serial();
        long strong = story.order(endorsed("strong", story.alpha(), story.beta())).serial();
        assertThat(fault(check(weak, evident))).isEqualTo(Fault.INVALID_VALUE);

        story.amend(
                new Contracts(List.of(story.alpha(), story.beta()))
                        .version(2)
                        .struck(story.gamma()));

        assertThat(check(weak, evident)).isEqualTo(Verdict.accepted());
        assertThat(fault(check(strong, evident))).isEqualTo(Fault.INVALID_VALUE);
    }

    private Candidate endorsed(String exchange, Member... endorsers) {
        return story.draft(exchange, 1, exchange).endorsedBy(List.of(endorsers)).candidate();
    }

    @Test
    void the_owners_of_the_two_chains_can_wish_it_cancelled_and_nobody_else() {
        long serial = story.order(story.draft("one", 1).candidate()).serial();
        assertThat(check(serial, story.wish(story.alpha(), serial))).isEqualTo(Verdict.accepted());
        assertThat(check(serial, story.wish(story.beta(), serial))).isEqualTo(Verdict.accepted());
        assertThat(fault(check(serial, story.wish(story.gamma(), serial))))
                .isEqualTo(Fault.NOT_YOURS);
        assertThat(fault(check(serial, story.wish(story.alpha(), serial + 1))))
                .isEqualTo(Fault.BAD_SIGNATURE);
        assertThat(fault(check(serial + 5, story.wish(story.alpha(), serial + 5))))
                .isEqualTo(Fault.OUTDATED);
    }

    @Test
    void a_settlement_takes_more_than_half_of_the_observers_and_happens_once() {
        long serial = story.order(story.draft("one", 1).candidate()).serial();
        Settlement applied = story.settlement(serial, Settlement.End.APPLIED, 0);
        assertThat(fault(story.notary().check(story.settled(applied, List.of(story.alpha())))))
                .isEqualTo(Fault.WEIGHT_TOO_LOW);

        story.append(story.settled(applied, List.of(story.alpha(), story.gamma())));
        assertThat(fault(story.notary().check(story.settled(applied, story.members()))))
                .isEqualTo(Fault.OUTDATED);
        assertThat(story.notary().book().open()).isEmpty();
    }

    @Test
    void a_settlement_of_another_inbox_or_alliance_is_refused() {
        long serial = story.order(story.draft("one", 1).candidate()).serial();
        Settlement elsewhere =
                new Settlement(
                        story.id(),
                        serial,
                        story.destination(),
                        "other",
                        Settlement.End.APPLIED,
                        0);
        Settlement foreign =
                new Settlement(
                        AllianceId.ZERO,
                        serial,
                        story.destination(),
                        Story.INBOX,
                        Settlement.End.APPLIED,
                        0);
        assertThat(fault(story.notary().check(story.settled(elsewhere, story.members()))))
                .isEqualTo(Fault.UNBOUND);
        assertThat(fault(story.notary().check(story.settled(foreign, story.members()))))
                .isEqualTo(Fault.OUTDATED);
    }

    @Test
    void after_an_amendment_the_new_epoch_settles_what_the_old_one_began() {
        long serial = story.order(story.draft("one", 1).candidate()).serial();
        story.amend(new Contracts(story.members()).perHour(7).version(2));
        assertThat(story.settle(serial, Settlement.End.APPLIED, 0).kind())
                .isEqualTo(EntryKind.SETTLED);
    }

    private Verdict check(long serial, CancelGrounds grounds) {
        return story.notary().check(story.cancellation(serial, grounds));
    }

    private EntryRecord exchange(long serial, Instant time, int fault, String name) {
        return record(story.draft(name, 1).candidate(), serial, time, fault);
    }

    private static EntryRecord record(Candidate candidate, long serial, Instant time, int fault) {
        Bytes evidence = Evidence.FORMAT.encode(candidate.evidence());
        return new EntryRecord(
                new Entry(
                        serial,
                        EntryKind.EXCHANGE,
                        candidate.submissionDigest(),
                        Digest.of(evidence),
                        fault == 0 ? Outcome.VALID : Outcome.INVALID,
                        fault,
                        time),
                Sequence.FORMAT.encode(candidate.sequence()),
                evidence);
    }

    private static Fault fault(Verdict verdict) {
        if (verdict instanceof Verdict.Rejected why) {
            return why.fault();
        }
        throw new AssertionError("it was accepted");
    }
}
