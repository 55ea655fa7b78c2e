package org.entente.trials.night;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.trials.acceptance.Alliance;
import org.entente.trials.acceptance.ChainAway;
import org.entente.trials.acceptance.Harbour;
import org.entente.trials.acceptance.KillRun;
import org.entente.trials.acceptance.QuickstartRun;
import org.entente.trials.bench.CheckBenchmark;
import org.entente.trials.bench.MiningBenchmark;
import org.entente.trials.fuzz.DecoderTrial;
import org.entente.trials.fuzz.Subject;
import org.entente.trials.fuzz.Subjects;
import org.entente.trials.simulation.Slice;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Runs one long trial for each seed of a slice. A seed's share is small enough that a slice of
/// fifty stays within an hour; the counts that are asked for are reached by adding slices
/// (docs/trials.md).
@Tag("night")
class NightTest {
    private static final int DECODER_INPUTS_PER_SEED = 200_000;
    private static final int KILLS_PER_SEED = 10;
    private static final Duration AWAY = Duration.ofMinutes(5);
    private static final Path VECTORS = Path.of("..", "docs", "vectors");

    private interface Trial {
        void run(long seed) throws Exception;
    }

    private static final Map<String, Trial> TRIALS =
            new TreeMap<>(
                    Map.of(
                            "chain-away",
                            NightTest::chainAway,
                            "decoders",
                            NightTest::decoders,
                            "industrial",
                            NightTest::industrial,
                            "mining",
                            NightTest::mining,
                            "quickstart",
                            NightTest::quickstart,
                            "por",
                            NightTest::por,
                            "exchange-kills",
                            NightTest::exchangeKills,
                            "simulation",
                            NightTest::simulation));

    @Test
    void the_named_trial_holds_for_every_seed_of_the_slice() throws Exception {
        String name = System.getProperty("trial", "");
        Trial trial = TRIALS.get(name);
        if (trial == null) {
            throw new IllegalArgumentException(
                    "no trial is named '" + name + "'; -Dtrial= takes one of " + TRIALS.keySet());
        }
        if (name.equals("simulation") && System.getProperty("seed") != null) {
            Slice.replay(Long.parseLong(System.getProperty("seed")), System.out::println);
            return;
        }
        String[] slice = System.getProperty("seeds", "").split("-", 2);
        assertThat(slice).as("-Dseeds=FROM-TO, both whole numbers").hasSize(2);
        for (long seed = Long.parseLong(slice[0]); seed <= Long.parseLong(slice[1]); seed++) {
            System.out.println("trial " + name + " seed " + seed);
            trial.run(seed);
        }
    }

    private static void decoders(long seed) throws Exception {
        for (Subject subject : Subjects.all(VECTORS)) {
            System.out.println(DecoderTrial.run(subject, seed, DECODER_INPUTS_PER_SEED));
        }
    }

    private static void exchangeKills(long seed) throws Exception {
        Path folder = Files.createTempDirectory("exchange-kills-" + seed);
        try (KillRun run = new KillRun(Path.of("..").toAbsolutePath().normalize(), folder, seed)) {
            KillRun.Report report = run.run(KILLS_PER_SEED);
            System.out.println("trial exchange-kills seed " + seed + ": " + report);
            assertThat(report.violations()).isEmpty();
        }
    }

    private static void chainAway(long seed) throws Exception {
        Path folder = Files.createTempDirectory("chain-away-" + seed);
        Path root = Path.of("..").toAbsolutePath().normalize();
        try (Alliance alliance = Alliance.found(root, folder, Map.of());
                Harbour harbour = Harbour.join(alliance)) {
            ChainAway.Report report = ChainAway.seeded(alliance, harbour, seed).run(AWAY);
            System.out.println("trial chain-away seed " + seed + ": " + report);
            assertThat(report.violations()).isEmpty();
            assertThat(report.during()).isGreaterThan(report.before() / 2);
        }
    }

    private static void simulation(long seed) {
        Slice.run(seed, seed, System.out::println);
    }

    private static void por(long seed) {
        org.entente.trials.por.Slice.run(seed, seed, System.out::println);
    }

    private static void industrial(long seed) {
        org.entente.trials.industrial.Slice.run(seed, seed, System.out::println);
    }

    /// Seeds only number the runs.
    private static void mining(long seed) throws Exception {
        MiningBenchmark.Result result = MiningBenchmark.measure();
        System.out.println("trial mining run " + seed + ": " + result);
        System.out.println("trial mining run " + seed + ": " + CheckBenchmark.measure());
        assertThat(result.isEnough()).isTrue();
    }

    /// The quickstart with every process killed after every change; seeds only number the runs.
    private static void quickstart(long seed) throws Exception {
        Path folder = Files.createTempDirectory("quickstart-" + seed);
        try (QuickstartRun run =
                new QuickstartRun(
                        Path.of("..").toAbsolutePath().normalize(),
                        folder,
                        QuickstartRun.Victims.EVERYONE)) {
            run.follow();
            System.out.println("trial quickstart run " + seed + ": " + run.kills() + " kills");
        }
    }
}
