package org.entente.trials.bench;

import org.entente.client.Until;

import java.time.Duration;

/// What the benchmark says.
final class Report {
    private Report() {}

    static void rate(int members, Until until, Measured measured, UnitCosts costs) {
        int cores = Runtime.getRuntime().availableProcessors();
        double computed = costs.computedPerSecond(members, cores);
        double forced = costs.forcedPerSecond(members);
        double bound = Math.min(computed, forced);
        System.out.printf(
                "%d endorsers, until %s: %.0f/s, p50 %.0f ms, p99 %.0f ms, %d failed; %.1f %% of"
                        + " the bound of %.0f/s (computing alone %.0f/s, forcing alone %.0f/s)%n",
                members,
                until.word(),
                measured.perSecond(),
                measured.millis(0.5),
                measured.millis(0.99),
                measured.failed(),
                100 * measured.perSecond() / bound,
                bound,
                computed,
                forced);
    }

    /// @param sampled how long the samples were taken, as a share of how long was measured
    static void process(
            String name, Computed computed, Samples samples, int exchanges, double sampled) {
        Duration rest = computed.all().minus(computed.compiler()).minus(computed.collector());
        StringBuilder words = new StringBuilder();
        for (Samples.Work work : Samples.Work.values()) {
            words.append(
                    ", %s %.0f µs"
                            .formatted(
                                    work.name().toLowerCase(java.util.Locale.ROOT),
                                    micros(rest, exchanges) * samples.share(work)));
        }
        System.out.printf(
                "  %-8s %5.0f µs of CPU for each: compiler %.0f µs, collector %.0f µs%s; threads"
                        + " waited %.1f ms for forced writes%n",
                name,
                micros(computed.all(), exchanges),
                micros(computed.compiler(), exchanges),
                micros(computed.collector(), exchanges),
                words,
                samples.forcingMillis() / sampled / Math.max(1, exchanges));
    }

    private static double micros(Duration time, int exchanges) {
        return time.toNanos() / 1e3 / Math.max(1, exchanges);
    }
}
