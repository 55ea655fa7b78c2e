package org.entente.chain.transport;

import java.time.Duration;

/// So much per second, after a rest up to a second's worth at once. Given the time, it keeps none.
final class Pace {
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final long perSecond;
    private long paidUntilNanos;

    Pace(long perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.paidUntilNanos = nowNanos - SECOND_NANOS;
    }

    /// Takes an amount, however large.
    ///
    /// @return for how long nothing more may be taken
    long take(long amount, long nowNanos) {
        long rested = nowNanos - SECOND_NANOS;
        long from = paidUntilNanos - rested > 0 ? paidUntilNanos : rested;
        paidUntilNanos = from + (long) ((double) amount / perSecond * SECOND_NANOS);
        return Math.max(0, paidUntilNanos - nowNanos);
    }
}
