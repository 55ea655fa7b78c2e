package org.entente.trials.por;

import java.time.Duration;
import java.util.function.Consumer;

/// Some seeds, one after the other.
///
/// @param made blocks of which `settled` became final
/// @param removed members that made no blocks
/// @param executed changes that all members agreed on
public record Slice(long made, long settled, long removed, long executed, long expired) {
    /// Runs all seeds from one to another, both included. The first that does not hold ends it.
    public static Slice run(long from, long to, Consumer<String> listener) {
        long begun = System.nanoTime();
        Slice sum = new Slice(0, 0, 0, 0, 0);
        for (long seed = from; seed <= to; seed++) {
            Simulation.Result one = Simulation.run(Plan.of(seed));
            sum =
                    new Slice(
                            sum.made + one.blocks(),
                            sum.settled + one.height(),
                            sum.removed + one.removed(),
                            sum.executed + one.executed(),
                            sum.expired + one.expired());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        listener.accept(
                "trial por seeds %d-%d: %s in %d ms".formatted(from, to, sum, took.toMillis()));
        return sum;
    }
}
