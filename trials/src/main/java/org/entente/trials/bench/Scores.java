package org.entente.trials.bench;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What JMH measured, by the names of the methods.
final class Scores {
    private Scores() {}

    /// @param which of its benchmarks, the end of their names; all when empty
    static SortedMap<String, Double> of(Class<?> benchmark, String which) throws RunnerException {
        SortedMap<String, Double> scores = new TreeMap<>();
        for (RunResult result :
                new Runner(
                                new OptionsBuilder()
                                        .include(benchmark.getName() + ".*" + which)
                                        .verbosity(VerboseMode.SILENT)
                                        .build())
                        .run()) {
            scores.put(result.getPrimaryResult().getLabel(), result.getPrimaryResult().getScore());
        }
        return scores;
    }

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
