package org.entente.relay.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.exchange.Asked;
import org.entente.relay.DeskRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// How much a relay takes, and how it says that this is enough. Nobody is connected, so that what
/// is asked is collected for as long as the test looks.
final class RequestLimitsTest {
    private static final Bytes ARGUMENTS = Bytes.utf8("arguments");

    @TempDir private Path directory;

    private static Bytes question(Story story, String name) {
        var ask = story.draft(name, 1, name).candidate().sequence().ask();
        return Asked.FORMAT.encode(new Asked(ask, ARGUMENTS));
    }

    private static RunningRelay.Answer ask(RunningRelay relay, Bytes question) throws Exception {
        return relay.post("/v1/exchanges", question, "");
    }

    private static void waits(RunningRelay.Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("retryable").asBoolean()).isTrue();
        long millis = answer.json().path("retryAfterMillis").asLong();
        assertThat(millis).isPositive();
        assertThat(answer.retryAfter()).isEqualTo(String.valueOf((millis + 999) / 1000));
    }

    @Test
    void more_than_is_collected_at_a_time_is_turned_away_with_the_time_to_wait() throws Exception {
        Story story = Story.begun();
        try (RunningRelay relay =
                RunningRelay.start(
                        directory.resolve("relay"), DeskRules.STANDARD.collecting(10, 2))) {
            relay.founded(story);
            Bytes first = question(story, "1");
            assertThat(ask(relay, first).status()).isEqualTo(202);
            assertThat(ask(relay, question(story, "2")).status()).isEqualTo(202);
            waits(ask(relay, question(story, "3")), 503, "OVERLOADED");
            // What was taken before is still answered.
            assertThat(ask(relay, first).status()).isEqualTo(202);
        }
    }

    @Test
    void a_flow_whose_rate_is_spent_is_turned_away_with_the_time_to_wait() throws Exception {
        Story story = Story.of((_, contracts) -> contracts.perHour(2));
        try (RunningRelay relay = RunningRelay.start(directory.resolve("relay"))) {
            relay.founded(story);
            Bytes first = question(story, "1");
            assertThat(ask(relay, first).status()).isEqualTo(202);
            assertThat(ask(relay, question(story, "2")).status()).isEqualTo(202);
            RunningRelay.Answer full = ask(relay, question(story, "3"));
            waits(full, 429, "RATE_LIMITED");
            // The first was counted within the last minutes, and counts for an hour.
            assertThat(full.json().path("retryAfterMillis").asLong())
                    .isBetween(50 * 60_000L, 60 * 60_000L);
            assertThat(ask(relay, first).status()).isEqualTo(202);
        }
    }
}
