package org.entente.chain.transport;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long until the next try: each time twice as long, up to a longest, give or take a quarter,
/// so that nodes that lost each other at once do not all come back at once.
final class Backoff {
    private final Duration min;
    private final Duration max;
    private Duration next;

    Backoff(Duration min, Duration max) {
        this.min = min;
        this.max = max;
        this.next = min;
    }

    Duration next(RandomGenerator random) {
        Duration now = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(max) < 0 ? doubled : max;
        long quarter = now.toNanos() / 4;
        return now.minusNanos(quarter).plusNanos(random.nextLong(2 * quarter + 1));
    }

    void begin() {
        next = min;
    }
}
