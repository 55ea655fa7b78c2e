package org.entente.chain.por;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.light.NodeKey;
import org.entente.light.fixture.Played;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/// How far a clock is from those of the others (docs/chains/por.md §5.6).
class ClocksTest {
    private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
    private final Clocks clocks = new Clocks(Duration.ofSeconds(5));

    private static NodeKey peer(int number) {
        return Played.of("peer " + number).key();
    }

    private Clocks.Change said(int peer, long behindMillis) {
        return clocks.said(peer(peer), NOW.minusMillis(behindMillis), NOW);
    }

    @Test
    void it_is_compared_with_the_middle_one_of_the_others() {
        assertThat(clocks.ahead()).isEmpty();
        said(1, 100);
        assertThat(clocks.ahead()).contains(Duration.ofMillis(100));
        said(2, -300);
        assertThat(clocks.ahead()).contains(Duration.ofMillis(-100));
        said(3, 200);
        assertThat(clocks.ahead()).contains(Duration.ofMillis(100));
        said(3, -200);
        assertThat(clocks.ahead()).contains(Duration.ofMillis(-200));
    }

    @Test
    void fewer_than_half_cannot_say_that_it_is_wrong() {
        said(1, 10);
        said(2, 10);
        said(3, 10);
        assertThat(said(4, 3_600_000)).isEqualTo(Clocks.Change.NONE);
        assertThat(said(5, Long.MAX_VALUE / 2_000)).isEqualTo(Clocks.Change.NONE);
        assertThat(clocks.ahead()).contains(Duration.ofMillis(10));
    }

    @Test
    void more_than_half_of_what_blocks_may_be_ahead_is_told_once_and_its_end_too() {
        assertThat(said(1, 2_500)).isEqualTo(Clocks.Change.NONE);
        assertThat(said(1, 2_501)).isEqualTo(Clocks.Change.TROUBLED);
        assertThat(said(1, 9_000)).isEqualTo(Clocks.Change.NONE);
        assertThat(said(1, -9_000)).isEqualTo(Clocks.Change.NONE);
        assertThat(clocks.left(peer(1))).isEqualTo(Clocks.Change.CALM);
        assertThat(clocks.ahead()).isEmpty();
    }
}
