package org.entente.trials.bench;

import org.entente.chain.por.mining.Miner;
import org.entente.chain.por.mining.MinerSettings;
import org.entente.chain.por.mining.Outcome;
import org.entente.chain.por.mining.Target;
import org.entente.chain.por.mining.Work;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

import java.math.BigInteger;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/// The miner without a limit against the best bare loop of SHA-256 over such a header, in one run.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@State(Scope.Benchmark)
public class MiningBenchmark {
    private static final int HASHES = 1 << 22;
    private static final int KEPT_SIZE_BYTES = 64;
    private static final int REST_SIZE_BYTES = 12;
    private static final int ROUNDS = 3;
    private static final double RATIO_MIN = 0.8;
    private static final Work WORK =
            new Work(Bytes.copyOf(new byte[72]), new Target(BigInteger.ONE));

    /// What was measured, in hashes per second.
    ///
    /// @param ratio the median of the rounds' own
    public record Result(double bare, double mining, double ratio) {
        public boolean isEnough() {
            return ratio >= RATIO_MIN;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "bare loop %,.0f hashes/s, miner %,.0f hashes/s: %.0f %%",
                    bare,
                    mining,
                    100 * ratio);
        }
    }

    private final Miner miner = Miner.start(new MinerSettings(0, HASHES));
    private final SynchronousQueue<Outcome> outcomes = new SynchronousQueue<>();

    @TearDown
    public void end() {
        miner.close();
    }

    /// The least that a search can be: a copy of the digest that has taken what does not change,
    /// the rest, the hash; nothing is compared. Of the loops that were tried it is the fastest.
    @Benchmark
    @OperationsPerInvocation(HASHES)
    public int bare() throws CloneNotSupportedException, DigestException {
        MessageDigest kept = Digest.sha256();
        kept.update(new byte[KEPT_SIZE_BYTES]);
        byte[] rest = new byte[REST_SIZE_BYTES];
        byte[] hash = new byte[Digest.SIZE_BYTES];
        int sum = 0;
        for (int nonce = 0; nonce < HASHES; nonce++) {
            rest[8] = (byte) (nonce >>> 24);
            rest[9] = (byte) (nonce >>> 16);
            rest[10] = (byte) (nonce >>> 8);
            rest[11] = (byte) nonce;
            MessageDigest copy = (MessageDigest) kept.clone();
            copy.update(rest, 0, REST_SIZE_BYTES);
            copy.digest(hash, 0, Digest.SIZE_BYTES);
            sum += hash[0];
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(HASHES)
    public Outcome mining() throws InterruptedException {
        miner.mine(WORK, this::tell);
        return outcomes.take();
    }

    private void tell(Outcome outcome) {
        try {
            outcomes.put(outcome);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Rounds follow one another so that what else the machine does touches both alike.
    public static Result measure() throws RunnerException {
        List<Double> bare = new ArrayList<>();
        List<Double> mining = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            SortedMap<String, Double> scores = Scores.of(MiningBenchmark.class, "");
            bare.add(scores.getOrDefault("bare", Double.NaN));
            mining.add(scores.getOrDefault("mining", Double.NaN));
            ratios.add(mining.getLast() / bare.getLast());
        }
        return new Result(Scores.median(bare), Scores.median(mining), Scores.median(ratios));
    }

    public static void main(String[] arguments) throws RunnerException {
        Result result = measure();
        System.out.println(result);
        if (!result.isEnough()) {
            System.exit(1);
        }
    }
}
