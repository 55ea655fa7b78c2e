package org.entente.endorsement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.endorsement.SequenceCheckTest.fault;

import org.entente.endorsement.fixture.Draft;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Fault;
import org.entente.protocol.exchange.ExchangeName;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Outcome;
import org.entente.protocol.log.Settlement;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalLong;

/// Attempts at one exchange (protocol.md §6.1): a copy is never VALID, and only one attempt can be.
final class AttemptsTest {
    private final Story story = Story.begun();

    @Test
    void the_same_submission_twice_is_invalid_and_names_the_first() {
        Candidate candidate = story.draft("one", 1).candidate();
        Entry first = story.order(candidate);
        Ruling again = story.rule(candidate);

        assertThat(fault(again)).isEqualTo(Fault.STALE_READ);
        assertThat(again.earlier()).isEqualTo(OptionalLong.of(first.serial()));
        assertThat(story.order(candidate).outcome()).isEqualTo(Outcome.INVALID);
    }

    @Test
    void a_copy_of_an_invalid_submission_has_its_fault_again_and_names_it() {
        Candidate weak = story.draft("one", 1).endorsedBy(List.of(story.alpha())).candidate();
        Entry first = story.order(weak);
        Ruling again = story.rule(weak);

        assertThat(first.fault()).isEqualTo(Fault.WEIGHT_TOO_LOW.number());
        assertThat(fault(again)).isEqualTo(Fault.WEIGHT_TOO_LOW);
        assertThat(again.earlier()).isEqualTo(OptionalLong.of(first.serial()));
    }

    @Test
    void another_request_under_an_ordered_attempt_is_refused() {
        story.order(story.draft("one", 2).endorsedBy(List.of()).candidate());

        assertThat(fault(story.rule(story.draft("one", 2).candidate())))
                .isEqualTo(Fault.ATTEMPT_REUSED);
        assertThat(fault(story.rule(story.draft("one", 1).candidate())))
                .isEqualTo(Fault.ATTEMPT_OUTDATED);
        assertThat(story.rule(story.draft("one", 3).candidate())).isEqualTo(Ruling.VALID);
    }

    @Test
    void a_later_attempt_waits_until_the_earlier_is_settled() {
        long serial = story.order(story.draft("one", 1).candidate()).serial();
        Ruling early = story.rule(story.draft("one", 2, "8").candidate());
        assertThat(fault(early)).isEqualTo(Fault.EXCHANGE_UNSETTLED);
        assertThat(early.earlier()).isEqualTo(OptionalLong.of(serial));

        story.settle(serial, Settlement.End.REFUSED, Fault.BASE_REFUSED.number());
        assertThat(story.rule(story.draft("one", 2, "8").candidate())).isEqualTo(Ruling.VALID);
    }

    @Test
    void an_applied_exchange_takes_no_further_attempt() {
        long serial = story.order(story.draft("one", 1).candidate()).serial();
        story.settle(serial, Settlement.End.APPLIED, 0);

        assertThat(fault(story.rule(story.draft("one", 2, "8").candidate())))
                .isEqualTo(Fault.EXCHANGE_APPLIED);
    }

    @Test
    void an_attempt_withheld_until_a_later_one_was_valid_is_outdated() {
        Draft withheld = story.draft("one", 1);
        long serial = story.order(story.draft("one", 2).candidate()).serial();

        assertThat(fault(story.rule(withheld.candidate()))).isEqualTo(Fault.ATTEMPT_OUTDATED);

        story.settle(serial, Settlement.End.CANCELLED, 0);
        assertThat(fault(story.rule(withheld.candidate()))).isEqualTo(Fault.ATTEMPT_OUTDATED);
    }

    @Test
    void exchanges_of_one_id_in_two_organisations_are_two() {
        story.order(story.draft("one", 1).candidate());
        assertThat(story.draft("one", 1).candidate().exchange())
                .isNotEqualTo(
                        ExchangeName.FORMAT.digest(
                                new ExchangeName(
                                        story.id(), story.beta().id(), Story.exchangeId("one"))));
    }
}
