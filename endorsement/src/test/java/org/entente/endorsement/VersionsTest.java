package org.entente.endorsement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.endorsement.SequenceCheckTest.fault;

import org.entente.endorsement.fixture.Draft;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Moved;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.log.Settlement;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;

import java.util.List;

/// What was read must still hold (protocol.md §7, rules 8 and 9).
final class VersionsTest {
    private static final Version LATER =
            new Version.Present(Bytes.fromHex("000000000000000a00000000"));
    private final Story story = Story.begun();
    private final Place target = story.delivered("7");

    @Test
    void of_two_that_build_on_one_version_the_later_is_stale() {
        Candidate one = story.draft("one", 1).candidate();
        Candidate two = story.draft("two", 1).candidate();
        long serial = story.order(one).serial();
        Ruling ruling = story.rule(two);

        assertThat(fault(ruling)).isEqualTo(Fault.STALE_READ);
        assertThat(ruling.moved())
                .containsExactly(
                        new Moved(target, new Version.Absent(), ExchangeBook.version(serial)));
    }

    @Test
    void a_written_key_may_build_on_an_unsettled_one() {
        long first = story.order(story.draft("one", 1).candidate()).serial();
        Draft second = story.draft("two", 1);
        assertThat(story.notary().book().newest(target)).isEqualTo(ExchangeBook.version(first));
        assertThat(story.rule(second.candidate())).isEqualTo(Ruling.VALID);
    }

    @Test
    void a_withdrawn_version_gives_way_to_the_one_before() {
        long first = story.order(story.draft("one", 1).candidate()).serial();
        long second = story.order(story.draft("two", 1).candidate()).serial();
        story.settle(second, Settlement.End.REFUSED, Fault.STALE_READ.number());
        assertThat(story.notary().book().newest(target)).isEqualTo(ExchangeBook.version(first));

        story.settle(first, Settlement.End.CANCELLED, 0);
        assertThat(story.notary().book().newest(target)).isEqualTo(new Version.Absent());
    }

    @Test
    void settling_out_of_order_leaves_the_highest_that_was_applied() {
        long first = story.order(story.draft("one", 1).candidate()).serial();
        long second = story.order(story.draft("two", 1).candidate()).serial();
        story.settle(second, Settlement.End.APPLIED, 0);
        story.settle(first, Settlement.End.APPLIED, 0);

        assertThat(story.notary().book().newest(target)).isEqualTo(ExchangeBook.version(second));
        assertThat(story.notary().book().newestApplied(target))
                .isEqualTo(ExchangeBook.version(second));
    }

    @Test
    void a_key_that_is_only_read_must_be_at_its_newest_applied_version() {
        long serial = story.order(story.draft("one", 1).candidate()).serial();
        Draft unsettled = story.draft("two", 1, "8").reads(target, ExchangeBook.version(serial));
        assertThat(fault(story.rule(unsettled.candidate()))).isEqualTo(Fault.STALE_READ);

        story.settle(serial, Settlement.End.APPLIED, 0);
        Draft applied = story.draft("two", 1, "8").reads(target, ExchangeBook.version(serial));
        assertThat(story.rule(applied.candidate())).isEqualTo(Ruling.VALID);
    }

    @Test
    void a_majority_that_saw_another_version_makes_it_stale_with_both() {
        Ruling ruling = story.rule(story.draft("one", 1).attested(_ -> LATER).candidate());

        assertThat(fault(ruling)).isEqualTo(Fault.STALE_READ);
        assertThat(ruling.moved())
                .containsExactly(new Moved(story.order("7"), Story.present(), LATER));
    }

    @Test
    void too_few_attestations_leave_it_unconfirmed() {
        List<Member> one = List.of(story.alpha());
        Ruling ruling = story.rule(story.draft("one", 1).attestedBy(one).candidate());
        assertThat(fault(ruling)).isEqualTo(Fault.READ_UNCONFIRMED);
        assertThat(Fault.READ_UNCONFIRMED.isRetryable()).isTrue();
    }

    @Test
    void an_attestation_of_another_submission_does_not_count() {
        Candidate other = story.draft("other", 1, "8").candidate();
        Candidate mixed =
                story.draft("one", 1)
                        .attestedBy(List.of(story.alpha(), story.beta()))
                        .attestation(other.evidence().attestations().getLast())
                        .candidate();
        assertThat(fault(story.rule(mixed))).isEqualTo(Fault.BAD_SIGNATURE);
    }

    @Test
    void a_snapshot_is_vouched_for_by_the_endorsements() {
        Story snapshot = Story.with("\"readCheck\": \"snapshot\"");
        assertThat(snapshot.rule(snapshot.draft("one", 1).attestedBy(List.of()).candidate()))
                .isEqualTo(Ruling.VALID);
    }

    @Test
    void a_snapshot_takes_no_attestation_since_nobody_would_verify_it() {
        Story snapshot = Story.with("\"readCheck\": \"snapshot\"");
        Draft attested = snapshot.draft("one", 1).attestedBy(List.of(snapshot.gamma()));
        assertThat(snapshot.rule(attested.candidate()).verdict())
                .isEqualTo(
                        Verdict.rejected(
                                Fault.NOT_A_SIGNER,
                                "attestation number 0: "
                                        + snapshot.gamma().agent()
                                        + " is not asked, the flow reads a snapshot"));
    }
}
