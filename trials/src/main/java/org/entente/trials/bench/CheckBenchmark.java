package org.entente.trials.bench;

import org.entente.certs.Cryptography;
import org.entente.light.por.BlockHeader;
import org.entente.light.por.Difficulty;
import org.entente.light.por.Parameters;
import org.entente.light.por.Window;
import org.entente.light.por.Work;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;

/// Whether a received block has the work that its maker owes: its hash, where its maker's blocks
/// lie, and the comparison with a target that is computed anew each time.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@State(Scope.Benchmark)
public class CheckBenchmark {
    private static final Parameters FIVE =
            new Parameters(40_700, 30_600, Parameters.Nearest.ONE_STEP_BELOW_MAX);
    private static final Parameters TWENTY =
            new Parameters(72_700, 14_200, Parameters.Nearest.ONE_STEP_BELOW_MAX);

    /// What was measured, in microseconds for one block.
    public record Result(double five, double twenty) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "the work of a received block: %.1f us with 5 members, %.1f us with 20",
                    five,
                    twenty);
        }
    }

    private final List<VerifyingKey> members = new ArrayList<>();
    private Window five = new Window(List.of());
    private Window twenty = new Window(List.of());
    private long nonce;

    @Setup
    public void begin() {
        Cryptography cryptography = Cryptography.fastest();
        SecureRandom random = new SecureRandom();
        for (int count = 0; count < 20; count++) {
            members.add(cryptography.signer(cryptography.freshKey(random)).key());
        }
        five = window(5);
        twenty = window(20);
    }

    /// Everybody in turn, as far back as a window reaches.
    private Window window(int nodes) {
        Window window = new Window(List.of());
        for (int block = 0; block < Window.COUNT_MAX; block++) {
            window = window.with(members.get(block % nodes));
        }
        return window;
    }

    @Benchmark
    public boolean five() {
        return isDone(5, FIVE, five);
    }

    @Benchmark
    public boolean twenty() {
        return isDone(20, TWENTY, twenty);
    }

    private boolean isDone(int nodes, Parameters parameters, Window window) {
        nonce = (nonce + 1) & 0xffff_ffffL;
        BlockHeader header =
                new BlockHeader(
                        BlockHeader.VERSION,
                        Digest.of(Bytes.utf8("root")),
                        Digest.ZERO,
                        1_780_000_000L,
                        nonce);
        VerifyingKey maker = members.get((int) (nonce % nodes));
        return Work.HASHED.isDone(
                header, new Difficulty(nodes, parameters), window.distances(maker, nodes));
    }

    public static Result measure() throws RunnerException {
        SortedMap<String, Double> scores = Scores.of(CheckBenchmark.class, "");
        return new Result(
                scores.getOrDefault("five", Double.NaN), scores.getOrDefault("twenty", Double.NaN));
    }

    public static void main(String[] arguments) throws RunnerException {
        System.out.println(measure());
    }
}
