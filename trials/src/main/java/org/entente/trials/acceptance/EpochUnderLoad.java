package org.entente.trials.acceptance;

import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.client.Plan;
import org.entente.launcher.app.demo.Market;
import org.entente.protocol.Bytes;
import org.entente.runtime.json.Json;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The contract is amended while applications exchange on every way: each request comes to be
/// applied, if need be by the retries of those who ask, and each inbox contract takes the records
/// in their order.
public final class EpochUnderLoad {
    private static final int FILE_SIZE_BYTES_MAX = 256 * 1024;
    private static final int MORE = 3;
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(90);
    private static final String CONTRACT = "trade.json";

    private final Alliance alliance;
    private final List<Traffic> traffic = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    /// @param epoch the newest
    /// @param told how many outcomes applications heard
    /// @param renewed how many of them took more than one attempt
    /// @param violations empty when everything held
    public record Report(long epoch, int told, long renewed, List<String> violations) {
        public Report {
            violations = Few.of(violations);
        }
    }

    public EpochUnderLoad(Alliance alliance, Harbour harbour) {
        this.alliance = alliance;
        List<Way> ways =
                List.of(
                        Way.from(alliance.town(), Market.ORDERS),
                        Way.from(alliance.town(), Market.CUSTOMS),
                        harbour.way());
        for (Way way : ways) {
            // Two on each way, so that some request is always under way. Each has values of its
            // own:
            // two ways begin at one chain, and a copy takes what lies there when it is made.
            for (String half : List.of("-a-", "-b-")) {
                traffic.add(new Traffic(way, Plan.STANDARD, "epoch-" + way.flow().flow() + half));
            }
        }
    }

    public Report run(int amendments) throws Failure, IOException, InterruptedException {
        List<Thread> threads = new ArrayList<>();
        long epoch = 0;
        try {
            for (Traffic each : traffic) {
                threads.add(Thread.ofVirtual().name("traffic").start(each));
            }
            awaitMore();
            for (int amendment = 0; amendment < amendments; amendment++) {
                amend();
                epoch = new Amendment(alliance).pass(CONTRACT);
                awaitMore();
            }
        } finally {
            traffic.forEach(Traffic::stop);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        LogTruth truth = alliance.settled(SETTLED_WITHIN);
        if (truth.unsettled() > 0) {
            violations.add(truth.unsettled() + " VALID entries are not settled in time");
        }
        List<Outcome> told = new ArrayList<>();
        for (Traffic each : traffic) {
            told.addAll(each.told());
            violations.addAll(each.failures());
            violations.addAll(each.missing());
        }
        told.stream()
                .filter(outcome -> !Traffic.isDone(outcome))
                .forEach(outcome -> violations.add("was not applied: " + outcome));
        violations.addAll(truth.violations(told));
        inboxes(epoch);
        return new Report(
                epoch,
                told.size(),
                told.stream().filter(outcome -> outcome.attempts().size() > 1).count(),
                violations);
    }

    private void awaitMore() throws Failure, IOException, InterruptedException {
        for (Traffic each : traffic) {
            long wanted = each.done() + MORE;
            Alliance.await("more is applied", () -> each.done() >= wanted);
        }
    }

    /// The next version says nothing else, which is enough to begin an epoch.
    private void amend() throws IOException {
        Path file = alliance.ground().path(CONTRACT);
        ObjectNode contract =
                (ObjectNode)
                        Json.read(Bytes.copyOf(Files.readAllBytes(file)), FILE_SIZE_BYTES_MAX)
                                .orThrow();
        contract.put("version", contract.path("version").asInt() + 1);
        Files.writeString(file, contract.toPrettyString());
    }

    /// Each knows every epoch, since something of the newest was applied there.
    private void inboxes(long epoch) throws IOException, InterruptedException {
        for (Traffic each : traffic) {
            List<Long> known = each.way().epochs();
            for (int index = 0; index <= epoch; index++) {
                if (known.size() <= index || known.get(index) != index) {
                    violations.add(each.way().inbox() + " knows the epochs " + known);
                    break;
                }
            }
        }
    }
}
