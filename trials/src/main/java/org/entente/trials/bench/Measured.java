package org.entente.trials.bench;

import java.time.Duration;
import java.util.List;

/// What came of one phase.
///
/// @param nanos that each exchange took, ascending
/// @param failed how many came to another end than was asked for
record Measured(List<Long> nanos, int failed, Duration took) {
    Measured {
        nanos = List.copyOf(nanos);
    }

    int count() {
        return nanos.size();
    }

    double perSecond() {
        return nanos.size() / (took.toMillis() / 1000.0);
    }

    double millis(double share) {
        return nanos.isEmpty()
                ? 0
                : nanos.get(Math.min(nanos.size() - 1, (int) (nanos.size() * share))) / 1e6;
    }
}
