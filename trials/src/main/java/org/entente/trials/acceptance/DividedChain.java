package org.entente.trials.acceptance;

import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.client.Patience;
import org.entente.client.Plan;
import org.entente.client.Until;
import org.entente.launcher.app.demo.Market;
import org.entente.protocol.Bytes;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Applications exchange both ways between a chain by PBFT and one by proof of rest, of four nodes
/// each. First a node of each is killed, which stops nothing. Then two and two of the second go on
/// alone from the same block, which makes nothing final; when all are back one branch is left, and
/// what was in it is brought into the other.
public final class DividedChain {
    private static final int ANSWER_SIZE_BYTES_MAX = 1 << 20;
    private static final String AWAY = "gives no answer: java.net.ConnectException";
    private static final String CHAIN_AWAY = "FAILED_UNORDERED CHAIN_UNREACHABLE";
    private static final int ALLOWED = 5;
    private static final int MORE = 3;
    private static final int ALONE = 2;
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);
    private static final Market SHARED = Market.CUSTOMS;

    /// The contract allows five attempts, and a chain is away for as long as its halves need to
    /// make their blocks.
    private static final Plan PATIENT =
            new Plan(
                    Until.SETTLED,
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(3),
                    new Patience(
                            Duration.ofSeconds(20),
                            Duration.ofSeconds(45),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(30)));

    private final Alliance alliance;
    private final List<String> nodes;
    private final String sealer;
    private final List<Traffic> traffic = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /// @param told how many outcomes applications heard
    /// @param reorganised blocks that nodes left for a longer branch
    /// @param violations empty when everything held
    public record Report(int told, long reorganised, List<String> violations) {
        public Report {
            violations = Few.of(violations);
        }
    }

    public DividedChain(Alliance alliance) {
        this.alliance = alliance;
        this.nodes = alliance.ground().nodes(SHARED);
        this.sealer = alliance.ground().nodes(SHARED.other()).get(1);
        for (Market from : Market.values()) {
            Way way = Way.from(alliance.town(), from);
            traffic.add(new Traffic(way, PATIENT, "divided-" + from.word() + "-"));
        }
    }

    public Report run() throws Failure, IOException, InterruptedException {
        List<Thread> threads =
                traffic.stream()
                        .map(each -> Thread.ofVirtual().name("traffic").start(each))
                        .toList();
        long reorganised;
        try {
            awaitMore();
            List<String> killed = List.of(nodes.get(1), sealer);
            killed.forEach(alliance.processes()::kill);
            awaitMore();
            alliance.processes().start(killed);
            awaitMore();
            reorganised = divide();
            awaitMore();
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
            // For a moment no node runs, and an application cannot write what it wants to exchange.
            violations.addAll(each.failures().stream().filter(it -> !it.contains(AWAY)).toList());
            violations.addAll(each.missing());
        }
        told.stream()
                .filter(outcome -> !Traffic.isDone(outcome) && !foundNoChain(outcome))
                .forEach(outcome -> violations.add("was not applied: " + outcome));
        violations.addAll(truth.violations(told));
        sameEverywhere();
        return new Report(told.size(), reorganised, violations);
    }

    /// The chain was away at each attempt that its contract allows; what it was told is the truth.
    private static boolean foundNoChain(Outcome outcome) {
        List<Outcome.Attempt> allowed =
                outcome.attempts().subList(0, Math.min(ALLOWED, outcome.attempts().size()));
        return allowed.size() == ALLOWED
                && allowed.stream().allMatch(each -> each.events().getLast().contains(CHAIN_AWAY));
    }

    private void awaitMore() throws Failure, IOException, InterruptedException {
        for (Traffic each : traffic) {
            long wanted = each.done() + MORE;
            Alliance.await("more is applied", () -> each.done() >= wanted);
        }
    }

    /// @return how many blocks were left
    private long divide() throws Failure, IOException, InterruptedException {
        List<String> one = nodes.subList(0, 2);
        List<String> other = nodes.subList(2, 4);
        other.forEach(alliance.processes()::kill);
        long last = status(0).path("last").path("height").asLong();
        goOn(0);
        expect(
                status(0).path("last").path("height").asLong() <= last + MORE,
                "two of four nodes go on making blocks final");
        one.forEach(alliance.processes()::kill);
        alliance.processes().start(other);
        goOn(2);
        alliance.processes().start(one);
        Alliance.await("a branch is left", () -> reorganised() > 0);
        return reorganised();
    }

    /// Until a node that has only one other has made blocks with it.
    private void goOn(int node) throws Failure, IOException, InterruptedException {
        long head = height(node);
        Alliance.await("two nodes go on alone", () -> height(node) >= head + ALONE);
    }

    private long height(int node) throws IOException, InterruptedException {
        return status(node).path("head").path("height").asLong();
    }

    private long reorganised() throws IOException, InterruptedException {
        long sum = 0;
        for (int node = 0; node < nodes.size(); node++) {
            sum += get(node, "/v1/por/network").path("reorganised").asLong();
        }
        return sum;
    }

    /// All nodes have one chain.
    private void sameEverywhere() throws IOException, InterruptedException {
        long height = status(0).path("last").path("height").asLong();
        for (int node = 1; node < nodes.size(); node++) {
            height = Math.min(height, status(node).path("last").path("height").asLong());
        }
        String digest = get(0, "/v1/headers/" + height).path("digest").asString();
        for (int node = 1; node < nodes.size(); node++) {
            String found = get(node, "/v1/headers/" + height).path("digest").asString();
            expect(found.equals(digest), "nodes have two final blocks " + height);
        }
    }

    private JsonNode status(int node) throws IOException, InterruptedException {
        return get(node, "/v1/status");
    }

    private JsonNode get(int node, String path) throws IOException, InterruptedException {
        URI address = alliance.ground().addresses(SHARED).get(node);
        byte[] body =
                http.send(
                                HttpRequest.newBuilder(address.resolve(path)).build(),
                                BodyHandlers.ofByteArray())
                        .body();
        return Json.read(Bytes.copyOf(body), ANSWER_SIZE_BYTES_MAX).orThrow();
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }
}
