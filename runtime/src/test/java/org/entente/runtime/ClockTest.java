package org.entente.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/// The process's time never decreases.
final class ClockTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    void a_machine_clock_that_steps_back_is_noticed_until_it_has_caught_up() {
        AtomicReference<Instant> machine = new AtomicReference<>(NOON);
        Clock clock = Clock.over(machine::get);
        machine.set(NOON.plusSeconds(10));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));
        assertThat(clock.steppedBack()).isFalse();

        machine.set(NOON);
        assertThat(clock.steppedBack()).isTrue();
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));

        machine.set(NOON.plusSeconds(10));
        assertThat(clock.steppedBack()).isFalse();
        machine.set(NOON.plusSeconds(11));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(11));
    }
}
