package org.entente.trials.simulation;

import java.time.Duration;
import java.util.function.Consumer;

/// Some seeds, one after the other.
///
/// @param applied deliveries that took effect
public record Slice(long exchanges, long entries, long applied, long settled) {
    /// Runs all seeds from one to another, both included. The first that does not hold ends it.
    public static Slice run(long from, long to, Consumer<String> listener) {
        long begun = System.nanoTime();
        Slice sum = new Slice(0, 0, 0, 0);
        for (long seed = from; seed <= to; seed++) {
            Simulation.Result one = Simulation.run(Plan.of(seed));
            sum =
                    new Slice(
                            sum.exchanges + one.exchanges(),
                            sum.entries + one.entries(),
                            sum.applied + one.applied(),
                            sum.settled + one.settled());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        listener.accept(
                "trial simulation seeds %d-%d: %s in %d s, %.1f exchanges per second"
                        .formatted(
                                from,
                                to,
                                sum,
                                took.toSeconds(),
                                sum.exchanges * 1_000.0 / Math.max(1, took.toMillis())));
        return sum;
    }

    /// Runs one seed and tells every line of its trace.
    public static void replay(long seed, Consumer<String> listener) {
        listener.accept(Simulation.run(Plan.of(seed), listener).toString());
    }
}
