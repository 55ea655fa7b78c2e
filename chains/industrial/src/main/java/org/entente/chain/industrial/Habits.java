package org.entente.chain.industrial;

import java.time.Duration;

/// How patient a node is: its own choice, which nobody can check.
///
/// @param timeout for a block in view 0 once something waits; doubled by each view
/// @param timeoutMost however many views there were
/// @param idle after so long a block is made of nothing but evidence
/// @param resend after so long what was not answered is said again
public record Habits(Duration timeout, Duration timeoutMost, Duration idle, Duration resend) {
    private static final int DOUBLINGS_MAX = 16;

    public Habits {
        if (!timeout.isPositive()
                || timeoutMost.compareTo(timeout) < 0
                || !idle.isPositive()
                || !resend.isPositive()) {
            throw new IllegalArgumentException(
                    "a timeout of %s up to %s, idle %s, resend %s"
                            .formatted(timeout, timeoutMost, idle, resend));
        }
    }

    Duration timeout(int view) {
        Duration doubled = timeout.multipliedBy(1L << Math.min(view, DOUBLINGS_MAX));
        return doubled.compareTo(timeoutMost) < 0 ? doubled : timeoutMost;
    }
}
