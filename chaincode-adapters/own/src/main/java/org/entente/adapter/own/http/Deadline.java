package org.entente.adapter.own.http;

import java.time.Duration;

/// When what was begun ends, done or not.
record Deadline(long endNanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /// What is left of it, and at most so much.
    long leftMillis(Duration atMost) {
        long left = (endNanos - System.nanoTime()) / 1_000_000;
        return Math.clamp(left, 0, atMost.toMillis());
    }
}
