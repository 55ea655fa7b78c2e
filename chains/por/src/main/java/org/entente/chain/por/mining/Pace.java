package org.entente.chain.por.mining;

import java.time.Duration;

/// How fast hashes may be computed. Given the time, it keeps none.
final class Pace {
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    /// What may be caught up on: not a long time without work.
    private static final long LATE_NANOS_MAX = Duration.ofMillis(20).toNanos();

    private static final int PAUSES_PER_SECOND = 250;

    private final long perSecondMax;
    private long dueNanos;

    /// @param perSecondMax 0: as fast as they can be
    Pace(long perSecondMax, long nowNanos) {
        this.perSecondMax = perSecondMax;
        this.dueNanos = nowNanos;
    }

    /// How many to compute before asking again: few enough that pauses are short.
    int batch(int countMax) {
        return perSecondMax == 0
                ? countMax
                : Math.clamp(perSecondMax / PAUSES_PER_SECOND, 1, countMax);
    }

    /// So many were computed.
    ///
    /// @return for how long none may be
    long done(int count, long nowNanos) {
        if (perSecondMax == 0) {
            return 0;
        }
        long earliest = nowNanos - LATE_NANOS_MAX;
        long from = dueNanos - earliest > 0 ? dueNanos : earliest;
        dueNanos = from + (long) ((double) count / perSecondMax * SECOND_NANOS);
        return Math.max(0, dueNanos - nowNanos);
    }
}
