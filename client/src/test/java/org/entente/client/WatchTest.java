package org.entente.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/// How pauses grow.
final class WatchTest {
    private static final Duration LEAST = Duration.ofMillis(8);

    private final Watch watch =
            new Watch(
                    Duration.ofMinutes(1),
                    new Patience(LEAST, LEAST, LEAST, Duration.ofSeconds(10)),
                    new Random(7));

    private interface Pause {
        void rest() throws Unreachable;
    }

    private static Duration taken(Pause pause) throws Unreachable {
        long begun = System.nanoTime();
        pause.rest();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void waits_between_attempts_grow_though_each_attempt_moved() throws Exception {
        Duration last = Duration.ZERO;
        for (int attempt = 1; attempt <= 5; attempt++) {
            watch.moved();
            watch.pause(Optional.empty());
            last = taken(() -> watch.pauseBeforeAttempt(Optional.empty()));
        }
        // The fifth is 16 times the first, of which half may be left out.
        assertThat(last).isGreaterThanOrEqualTo(LEAST.multipliedBy(8));
    }

    @Test
    void who_asks_for_a_longer_pause_has_it() throws Exception {
        Duration asked = LEAST.multipliedBy(5);
        assertThat(taken(() -> watch.pauseBeforeAttempt(Optional.of(asked))))
                .isGreaterThanOrEqualTo(asked);
    }
}
