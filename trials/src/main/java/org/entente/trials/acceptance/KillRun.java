package org.entente.trials.acceptance;

import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.client.Plan;
import org.entente.launcher.app.demo.Market;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A relay, three agents and two chains as processes; applications exchange both ways while one
/// process after the other is killed with SIGKILL and started again. Afterwards the log, the chains
/// and what the applications were told must fit.
public final class KillRun implements AutoCloseable {
    private static final int BETWEEN_KILLS_MILLIS_MAX = 1_500;
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(90);

    private final Alliance alliance;
    private final Random random;

    /// @param kills that were done
    /// @param told how many outcomes applications heard
    /// @param applied how many of them were APPLIED
    /// @param violations empty when everything held
    public record Report(int kills, int told, long applied, int entries, List<String> violations) {
        public Report {
            violations = Few.of(violations);
        }
    }

    /// @param root of the project, which is built
    /// @param folder empty, to work in
    public KillRun(Path root, Path folder, long seed)
            throws Failure, IOException, InterruptedException {
        this.alliance = Alliance.found(root, folder, Map.of());
        this.random = new Random(seed);
    }

    public Report run(int kills) throws Failure, IOException, InterruptedException {
        List<Traffic> traffic = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Market market : Market.values()) {
            Traffic each = new Traffic(Way.from(alliance.town(), market), Plan.STANDARD, "");
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
        return report(kills, traffic, alliance.settled(SETTLED_WITHIN));
    }

    private void killOne() throws IOException, InterruptedException {
        List<String> names = alliance.ground().processes();
        String victim = names.get(random.nextInt(names.size()));
        System.out.println("trial exchange-kills: kill -9 " + victim);
        alliance.processes().kill(victim);
        alliance.processes().start(List.of(victim));
    }

    private static Report report(int kills, List<Traffic> traffic, LogTruth truth) throws Failure {
        List<Outcome> told = new ArrayList<>();
        traffic.forEach(each -> told.addAll(each.told()));
        List<String> violations = truth.violations(told);
        if (truth.unsettled() > 0) {
            violations.add(truth.unsettled() + " VALID entries are not settled in time");
        }
        for (Traffic each : traffic) {
            violations.addAll(each.missing());
        }
        long applied =
                told.stream()
                        .filter(outcome -> outcome.ending() instanceof Outcome.Settled)
                        .count();
        return new Report(kills, told.size(), applied, truth.size(), violations);
    }

    /// Nobody looks at how they end, and in good order each would leave an archive of its classes.
    @Override
    public void close() {
        alliance.ground().processes().forEach(alliance.processes()::kill);
        alliance.close();
    }
}
