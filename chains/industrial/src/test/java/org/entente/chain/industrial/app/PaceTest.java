package org.entente.chain.industrial.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

final class PaceTest {
    private static final int EVERY_NANOS = 1_000_000;

    @Test
    void turns_come_at_their_rate_and_a_late_one_is_as_old_as_it_is() throws Exception {
        Pace pace = Pace.offered(1e9 / EVERY_NANOS);
        pace.begin();
        List<Long> turns = new ArrayList<>();
        for (int turn = 0; turn < 20; turn++) {
            turns.add(pace.next());
            assertThat(System.nanoTime()).isGreaterThanOrEqualTo(turns.getLast());
            if (turn == 10) {
                Thread.sleep(Duration.ofMillis(20));
            }
        }
        for (int turn = 1; turn < turns.size(); turn++) {
            assertThat(turns.get(turn) - turns.get(turn - 1)).isEqualTo(EVERY_NANOS);
        }
    }

    @Test
    void who_waits_for_answers_is_never_late() throws Exception {
        long before = System.nanoTime();
        assertThat(Pace.answered(Duration.ZERO).next()).isGreaterThanOrEqualTo(before);
    }
}
