package org.entente.trials.acceptance;

import org.entente.certs.Cryptography;
import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.client.cli.command.World;
import org.entente.launcher.Main;
import org.entente.launcher.app.demo.Founding;
import org.entente.launcher.app.demo.Ground;
import org.entente.launcher.app.demo.Market;
import org.entente.launcher.app.demo.Processes;
import org.entente.launcher.app.demo.PublicLog;
import org.entente.launcher.app.demo.Script;
import org.entente.launcher.app.demo.Terminal;
import org.entente.launcher.app.demo.Town;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// A relay, three agents and two chains as processes; applications exchange both ways while one
/// process after the other is killed with SIGKILL and started again. Afterwards the log, the chains
/// and what the applications were told must fit.
public final class KillRun implements AutoCloseable {
    private static final int MEMBERS = 3;
    private static final int BETWEEN_KILLS_MILLIS_MAX = 1_500;
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(90);

    private final Ground ground;
    private final Processes processes;
    private final World world;
    private final Random random;

    /// @param kills that were done
    /// @param told how many outcomes applications heard
    /// @param applied how many of them were APPLIED
    /// @param violations empty when everything held
    public record Report(int kills, int told, long applied, int entries, List<String> violations) {}

    /// @param root of the project, which is built
    /// @param folder empty, to work in
    public KillRun(Path root, Path folder, long seed) throws IOException {
        this.ground = Ground.in(folder, MEMBERS);
        this.processes = new Processes(ground, new Script(root.resolve("entente"), folder));
        this.random = new Random(seed);
        this.world =
                new World(
                        System.out,
                        System.err,
                        false,
                        InstantSource.system(),
                        new SecureRandom(),
                        Cryptography::fastest);
    }

    public Report run(int kills) throws Failure, IOException, InterruptedException {
        Terminal terminal = new Terminal(world, Main::program);
        new Founding(ground, terminal, world, processes).found();
        try (Town town = new Town(ground, world);
                PublicLog log = new PublicLog(town.relay(), town.alliance())) {
            List<Traffic> traffic = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (Market market : Market.values()) {
                Traffic each = new Traffic(town, market);
                traffic.add(each);
                threads.add(Thread.ofVirtual().name("traffic-" + market).start(each));
            }
            for (int kill = 0; kill < kills; kill++) {
                Thread.sleep(random.nextInt(BETWEEN_KILLS_MILLIS_MAX));
                killOne();
            }
            traffic.forEach(Traffic::stop);
            for (Thread thread : threads) {
                thread.join();
            }
            LogTruth truth = settled(log, town);
            return report(kills, traffic, town, truth);
        }
    }

    private void killOne() throws IOException, InterruptedException {
        List<String> names = ground.processes();
        String victim = names.get(random.nextInt(names.size()));
        System.out.println("trial exchange-kills: kill -9 " + victim);
        processes.kill(victim);
        processes.start(List.of(victim));
    }

    /// Faults have stopped: whatever is VALID must come to its end.
    private LogTruth settled(PublicLog log, Town town) throws Failure, InterruptedException {
        long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
        while (true) {
            LogTruth truth =
                    LogTruth.of(log, town.alliance(), world.cryptography().get().verifier());
            if (truth.unsettled() == 0 || System.nanoTime() > end) {
                return truth;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private static Report report(int kills, List<Traffic> traffic, Town town, LogTruth truth)
            throws Failure {
        List<Outcome> told = new ArrayList<>();
        traffic.forEach(each -> told.addAll(each.told()));
        List<String> violations = truth.violations(told);
        if (truth.unsettled() > 0) {
            violations.add(truth.unsettled() + " VALID entries are not settled in time");
        }
        for (Traffic each : traffic) {
            for (var expected : each.applied().entrySet()) {
                Optional<String> found = town.delivered(each.from().other(), expected.getKey());
                if (!found.equals(Optional.of(expected.getValue()))) {
                    violations.add(
                            expected.getKey()
                                    + " holds "
                                    + found
                                    + ", the application was told "
                                    + expected.getValue());
                }
            }
        }
        long applied =
                told.stream()
                        .filter(outcome -> outcome.ending() instanceof Outcome.Settled)
                        .count();
        return new Report(kills, told.size(), applied, truth.size(), violations);
    }

    @Override
    public void close() {
        processes.close();
    }
}
