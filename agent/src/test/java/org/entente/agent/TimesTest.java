package org.entente.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/// When something is tried again, and when a person is warned.
class TimesTest {
    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

    @Test
    void a_pause_doubles_up_to_its_limit_and_begins_anew_after_a_success() {
        Random random = new Random(1);
        Backoff backoff = Backoff.between(Duration.ofMillis(500), Duration.ofSeconds(30));
        for (int failure = 0; failure < 100; failure++) {
            backoff = backoff.failed();
            assertThat(backoff.pause(random))
                    .isBetween(Duration.ofMillis(250), Duration.ofSeconds(30));
        }

        assertThat(backoff.pause(random)).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(backoff.succeeded().failed().pause(random))
                .isLessThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void notices_come_thirty_seven_and_one_days_before_the_end() {
        Ending ending = new Ending("agent-1", END);

        assertThat(ending.notice(END.minus(Duration.ofDays(31)))).isEqualTo(Ending.Notice.NONE);
        assertThat(ending.notice(END.minus(Duration.ofDays(30)))).isEqualTo(Ending.Notice.MONTH);
        assertThat(ending.notice(END.minus(Duration.ofDays(7)))).isEqualTo(Ending.Notice.WEEK);
        assertThat(ending.notice(END.minus(Duration.ofHours(20)))).isEqualTo(Ending.Notice.DAY);
        assertThat(ending.notice(END)).isEqualTo(Ending.Notice.ENDED);
        assertThat(ending.words(END)).contains("ended");
    }
}
