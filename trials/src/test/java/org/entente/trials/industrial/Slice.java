package org.entente.trials.industrial;

import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

/// Some seeds, one after the other.
///
/// @param blocks that became final
/// @param views that began behind others that failed
/// @param banned liars of whom there was a proof
public record Slice(long blocks, long views, long banned) {
    /// Runs all seeds from one to another, both included. The first that does not hold ends it.
    public static Slice run(long from, long to, Consumer<String> listener) {
        long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Slice sum = new Slice(0, 0, 0);
        for (long seed = from; seed <= to; seed++) {
            Simulation.Result one = Simulation.run(Plan.of(seed));
            sum =
                    new Slice(
                            sum.blocks + one.height(),
                            sum.views + one.views(),
                            sum.banned + one.banned());
        }
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
        listener.accept(
                "trial industrial seeds %d-%d: %s in %d ms of a processor"
                        .formatted(from, to, sum, took / 1_000_000));
        return sum;
    }
}
