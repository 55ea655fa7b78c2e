package org.entente.adapter.own.http;

import java.time.Duration;

/// When what was begun ends, done or not.
record Deadline(long endNanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    long leftMillis() {
        return Math.max(0, (endNanos - System.nanoTime()) / 1_000_000);
    }

    /// What is left of it, and at most so much.
    long leftMillis(Duration atMost) {
        return Math.min(leftMillis(), atMost.toMillis());
    }
}
