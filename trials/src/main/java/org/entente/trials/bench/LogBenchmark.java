package org.entente.trials.bench;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.relay.log.Log;
import org.entente.relay.log.LogRecord;
import org.entente.relay.log.LogSettings;
import org.entente.relay.log.LogUnavailable;
import org.entente.relay.log.Opening;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The log against the bare group commit, with 32 and 256 writers and entries of 256 bytes, in one
/// run. Writers are virtual threads, as in production.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Djmh.executor=VIRTUAL",
            "-Xmx4g",
            "--sun-misc-unsafe-memory-access=allow"
        })
@State(Scope.Benchmark)
public class LogBenchmark {
    private static final int ENTRY_SIZE_BYTES = 256;
    private static final int ROUNDS = 5;
    private static final double RATIO_MIN = 0.5;

    private final byte[] entry = new byte[ENTRY_SIZE_BYTES];
    private final LogRecord record = new LogRecord(Bytes.copyOf(entry), Bytes.EMPTY, Bytes.EMPTY);

    /// The log under test, in a directory of its own.
    @State(Scope.Benchmark)
    public static class Ours {
        private final Path directory = temporary();
        private final Log log = log(directory);

        @TearDown(Level.Trial)
        public void end() throws IOException {
            log.close();
            delete(directory);
        }

        private static Log log(Path directory) {
            try {
                return Log.open(
                        directory.resolve("log"),
                        Digest.ZERO,
                        LogSettings.LARGE,
                        Opening.CREATE,
                        failure -> {
                            throw new IllegalStateException(failure);
                        });
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// The bound, in a directory of its own.
    @State(Scope.Benchmark)
    public static class Raw {
        private final Path directory = temporary();
        private final RawGroupCommit commit = commit(directory);

        @TearDown(Level.Trial)
        public void end() throws IOException, InterruptedException {
            commit.end();
            delete(directory);
        }

        private static RawGroupCommit commit(Path directory) {
            try {
                return new RawGroupCommit(directory.resolve("raw"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Setup
    public void fill() {
        for (int index = 0; index < entry.length; index++) {
            entry[index] = (byte) (index + 1);
        }
    }

    @Benchmark
    @Threads(32)
    public void rawWith32Writers(Raw raw) throws InterruptedException {
        raw.commit.append(entry);
    }

    @Benchmark
    @Threads(32)
    public OptionalLong logWith32Writers(Ours ours) throws LogUnavailable, InterruptedException {
        return ours.log.append(_ -> Optional.of(record));
    }

    @Benchmark
    @Threads(256)
    public void rawWith256Writers(Raw raw) throws InterruptedException {
        raw.commit.append(entry);
    }

    @Benchmark
    @Threads(256)
    public OptionalLong logWith256Writers(Ours ours) throws LogUnavailable, InterruptedException {
        return ours.log.append(_ -> Optional.of(record));
    }

    /// Rounds follow one another so that what else the machine does touches both alike; the median
    /// of the rounds' ratios counts.
    public static void main(String[] arguments) throws RunnerException {
        boolean enough = true;
        for (int writers : new int[] {32, 256}) {
            List<Double> raw = new ArrayList<>();
            List<Double> log = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                SortedMap<String, Double> scores =
                        Scores.of(LogBenchmark.class, "With" + writers + "Writers");
                raw.add(scores.getOrDefault("rawWith" + writers + "Writers", Double.NaN));
                log.add(scores.getOrDefault("logWith" + writers + "Writers", Double.NaN));
                ratios.add(log.getLast() / raw.getLast());
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d writers: bound %,.0f records/s, log %,.0f records/s, ratios %s: %.0f %%%n",
                    writers,
                    Scores.median(raw),
                    Scores.median(log),
                    ratios.stream().map(each -> Math.round(100 * each)).toList(),
                    100 * Scores.median(ratios));
            enough &= Scores.median(ratios) >= RATIO_MIN;
        }
        if (!enough) {
            System.out.printf(Locale.ROOT, "less than %.0f %%%n", 100 * RATIO_MIN);
            System.exit(1);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("log-benchmark");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
