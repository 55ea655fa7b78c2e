package org.entente.trials.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The clock of one machine: a little off, a little fast or slow, and sometimes set back. Two of
/// them are never more than five seconds apart.
final class Clock {
    private static final long ERROR_MILLIS_MAX = 2_300;

    private final Agenda agenda;
    private final Instant begin;
    private final double drift;
    private double offMillis;

    Clock(Agenda agenda, Chance chance) {
        this.agenda = agenda;
        this.begin = agenda.now();
        this.offMillis = chance.millis(0, 2 * ERROR_MILLIS_MAX).toMillis() - ERROR_MILLIS_MAX;
        this.drift = (chance.below(201) - 100) / 1_000_000.0;
    }

    Instant now() {
        double passed = Duration.between(begin, agenda.now()).toMillis();
        long error = Math.round(offMillis + passed * drift);
        long bounded = Math.clamp(error, -ERROR_MILLIS_MAX, ERROR_MILLIS_MAX);
        return agenda.now().plusMillis(bounded).truncatedTo(ChronoUnit.MILLIS);
    }

    /// Somebody sets it.
    void step(long byMillis) {
        offMillis = Math.clamp(offMillis + byMillis, -ERROR_MILLIS_MAX, ERROR_MILLIS_MAX);
    }
}
