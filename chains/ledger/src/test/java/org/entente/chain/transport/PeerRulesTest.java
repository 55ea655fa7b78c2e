package org.entente.chain.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Random;

/// Rules of time, with times that a test makes up.
class PeerRulesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final PeerKey KEY = new PeerKey(Bytes.utf8("a key"));
    private static final PeerKey OTHER = new PeerKey(Bytes.utf8("another key"));

    @Test
    void what_is_held_against_a_key_is_forgiven_with_time() {
        Standing standing =
                new Standing(new BlameTerms(Duration.ofSeconds(100), Duration.ofSeconds(30)));
        assertThat(standing.blame(KEY, 60, 0)).isFalse();
        assertThat(standing.blame(KEY, 60, 30 * SECOND)).isFalse();
        assertThat(standing.refusedForNanos(KEY, 30 * SECOND)).isZero();
        assertThat(standing.blame(OTHER, 99, 30 * SECOND)).isFalse();
        assertThat(standing.blame(KEY, 20, 35 * SECOND)).isTrue();
    }

    @Test
    void a_refused_key_begins_anew_when_its_time_is_over() {
        Standing standing =
                new Standing(new BlameTerms(Duration.ofSeconds(100), Duration.ofSeconds(30)));
        assertThat(standing.blame(KEY, 100, 0)).isTrue();
        assertThat(standing.refusedForNanos(KEY, 10 * SECOND)).isEqualTo(20 * SECOND);
        assertThat(standing.refusedForNanos(OTHER, 10 * SECOND)).isZero();
        assertThat(standing.blame(KEY, 1, 20 * SECOND)).isTrue();
        assertThat(standing.refusedForNanos(KEY, 20 * SECOND)).isEqualTo(10 * SECOND);
        assertThat(standing.refusedForNanos(KEY, 30 * SECOND)).isZero();
        assertThat(standing.blame(KEY, 99, 30 * SECOND)).isFalse();
    }

    @Test
    void however_many_keys_are_blamed_only_the_latest_take_memory() {
        Standing standing = new Standing(BlameTerms.STANDARD);
        standing.blame(KEY, 99, 0);
        for (int number = 0; number < 4095; number++) {
            standing.blame(new PeerKey(Bytes.utf8("stranger " + number)), 1, 0);
        }
        assertThat(standing.blame(KEY, 1, 0)).isTrue();
        for (int number = 0; number < 4096; number++) {
            standing.blame(new PeerKey(Bytes.utf8("stranger " + number)), 1, 0);
        }
        assertThat(standing.refusedForNanos(KEY, 0)).isZero();
    }

    @Test
    void a_pace_allows_a_second_at_once_and_then_so_much_per_second() {
        Pace pace = new Pace(100, 0);
        long waited = 0;
        for (int number = 0; number < 300; number++) {
            waited += pace.take(1, waited);
        }
        assertThat(waited).isEqualTo(2 * SECOND);
        assertThat(pace.take(1_000, 100 * SECOND)).isEqualTo(9 * SECOND);
    }

    @Test
    void tries_come_twice_as_late_each_time_up_to_the_longest_and_begin_anew() {
        Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
        Random random = new Random(3);
        long expected = 200;
        for (int number = 0; number < 20; number++) {
            assertThat(backoff.next(random).toMillis())
                    .isBetween(expected * 3 / 4, expected * 5 / 4);
            expected = Math.min(expected * 2, 10_000);
        }
        backoff.begin();
        assertThat(backoff.next(random)).isLessThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    void introductions_come_back_as_they_were_and_nothing_else_passes() {
        Bytes bytes = Introduction.FORMAT.encode(Node.INTRODUCTION);
        assertThat(bytes.hex())
                .isEqualTo(
                        Bytes.utf8("chain/hello/v1\0").hex()
                                + "0000000a"
                                + Bytes.utf8("test:peers").hex()
                                + Node.INTRODUCTION.genesis().hex()
                                + "0000000100000005"
                                + Bytes.utf8("words").hex());
        assertThat(Introduction.FORMAT.decode(bytes).orThrow()).isEqualTo(Node.INTRODUCTION);
        assertThat(Introduction.FORMAT.decode(bytes.concat(Bytes.fromHex("00"))).verdict())
                .matches(verdict -> !verdict.isAccepted());
    }
}
