package org.entente.chain.industrial.app;

import org.entente.chain.app.LocalNetwork;
import org.entente.chain.app.NodeApi;
import org.entente.runtime.StartRefused;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a network says of itself, and what it did between two moments.
public final class Measured implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final List<String> AGREEING =
            List.of("proposal", "prepare", "commit", "view-change");

    private final HttpClient client = HttpClient.newHttpClient();
    private final LocalNetwork<?> network;
    private long equalUpTo;

    public Measured(LocalNetwork<?> network) {
        this.network = network;
    }

    /// What a network did.
    ///
    /// @param transactions that were final and did what they say
    /// @param failed that were not
    /// @param readings of devices that they brought
    /// @param p50Millis from sending a transaction until it is known to be final
    /// @param cpuMicros of all nodes together, for one transaction
    /// @param verified signatures, of all nodes together, for one transaction
    /// @param messages of all nodes together, for one block, by their kinds
    /// @param phaseMicros what a block's time goes into, the mean of the nodes since their start
    /// @param rootsEqual whether all nodes have one state at each height
    record Report(
            int nodes,
            int sealers,
            long blocks,
            double seconds,
            long transactions,
            long failed,
            long readings,
            double perSecond,
            double p50Millis,
            double p99Millis,
            double cpuMicros,
            double verified,
            double agreeing,
            Map<String, Double> messages,
            Map<String, Long> phaseMicros,
            long viewChanges,
            boolean rootsEqual) {
        String words() {
            return """
            %d transactions in %.1f s: %.0f a second, %d failed%s; final after %.1f ms (p50), %.1f ms (p99)
            %d blocks by %d of %d nodes: %.0f transactions each; %.1f messages to agree on one, %d view changes
            for each transaction %.0f µs of a processor and %.1f signatures verified, in all nodes together
            states %s\
            """
                    .formatted(
                            transactions,
                            seconds,
                            perSecond,
                            failed,
                            readings == 0 ? "" : "; " + readings + " readings in them",
                            p50Millis,
                            p99Millis,
                            blocks,
                            sealers,
                            nodes,
                            (double) transactions / Math.max(1, blocks),
                            agreeing,
                            viewChanges,
                            cpuMicros,
                            verified,
                            rootsEqual ? "equal" : "DIFFER");
        }
    }

    /// What nodes have counted at a moment.
    private record Moment(
            long nanos,
            long height,
            long cpuNanos,
            long verified,
            long viewChanges,
            Map<String, Long> sent) {}

    /// Something that takes a while.
    @FunctionalInterface
    interface While {
        void pass() throws Exception;
    }

    /// Watches the load for a while, and ends it.
    ///
    /// @param warming time before that, which does not count
    Report watch(Load load, Duration warming, While time) throws Exception {
        Thread.sleep(warming);
        load.begin();
        Moment begun = moment();
        time.pass();
        return report(load, begun, moment());
    }

    private Moment moment() throws Exception {
        TreeMap<String, Long> sent = new TreeMap<>();
        long verified = 0;
        long viewChanges = 0;
        long cpu = 0;
        for (int index = 0; index < network.nodes().size(); index++) {
            JsonNode it = get(index, "/v1/industrial/network");
            verified += it.path("verified").asLong();
            viewChanges = Math.max(viewChanges, it.path("viewChanges").asLong());
            it.path("sent")
                    .properties()
                    .forEach(
                            each -> sent.merge(each.getKey(), each.getValue().asLong(), Long::sum));
            cpu +=
                    network.processes()
                            .running(index)
                            .info()
                            .totalCpuDuration()
                            .orElse(Duration.ZERO)
                            .toNanos();
        }
        return new Moment(System.nanoTime(), height(0), cpu, verified, viewChanges, sent);
    }

    private Report report(Load load, Moment begun, Moment ended) throws Exception {
        List<Load.Sent> within =
                load.sent().stream()
                        .filter(each ->
                                each.atNanos() - begun.nanos() >= 0
                                        && each.atNanos() - ended.nanos() < 0)
                        .toList();
        long[] took =
                within.stream()
                        .filter(Load.Sent::isDone)
                        .mapToLong(Load.Sent::tookNanos)
                        .sorted()
                        .toArray();
        long blocks = Math.max(1, ended.height() - begun.height());
        double seconds = (ended.nanos() - begun.nanos()) / 1e9;
        double done = Math.max(1, took.length);
        TreeMap<String, Double> messages = new TreeMap<>();
        ended.sent()
                .forEach((kind, count) ->
                        messages.put(
                                kind,
                                (double) (count - begun.sent().getOrDefault(kind, 0L)) / blocks));
        load.close();
        return new Report(
                network.nodes().size(),
                get(0, "/v1/industrial/members").path("seats").asInt(),
                blocks,
                seconds,
                took.length,
                within.size() - took.length,
                within.stream().filter(Load.Sent::isDone).mapToLong(Load.Sent::readings).sum(),
                took.length / seconds,
                millis(took, 0.5),
                millis(took, 0.99),
                (ended.cpuNanos() - begun.cpuNanos()) / 1e3 / done,
                (ended.verified() - begun.verified()) / done,
                AGREEING.stream().mapToDouble(kind -> messages.getOrDefault(kind, 0.0)).sum(),
                messages,
                phases(),
                ended.viewChanges() - begun.viewChanges(),
                areRootsEqual(ended.height()));
    }

    private static double millis(long[] sorted, double share) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
    }

    private Map<String, Long> phases() throws Exception {
        TreeMap<String, Long> sums = new TreeMap<>();
        int count = network.nodes().size();
        for (int index = 0; index < count; index++) {
            get(index, "/v1/industrial/network")
                    .path("phases")
                    .properties()
                    .forEach(each ->
                            sums.merge(
                                    each.getKey(),
                                    each.getValue().path("meanMicros").asLong(),
                                    Long::sum));
        }
        sums.replaceAll((_, sum) -> sum / count);
        return sums;
    }

    /// At each height up to one, which all reach; what was equal before is not asked again.
    public boolean areRootsEqual(long height) throws Exception {
        for (int index = 0; index < network.nodes().size(); index++) {
            while (height(index) < height) {
                Thread.sleep(LOOK_EVERY);
            }
        }
        for (long each = equalUpTo + 1; each <= height; each++) {
            TreeSet<String> roots = new TreeSet<>();
            for (int index = 0; index < network.nodes().size(); index++) {
                JsonNode header = get(index, "/v1/headers/" + each);
                roots.add(header.path("stateRoot").asString() + header.path("digest").asString());
            }
            if (roots.size() != 1) {
                return false;
            }
            equalUpTo = each;
        }
        return true;
    }

    public long height(int index) throws IOException, InterruptedException, StartRefused {
        return get(index, "/v1/status").path("last").path("height").asLong();
    }

    /// What a node answers.
    public JsonNode get(int index, String path)
            throws IOException, InterruptedException, StartRefused {
        return new NodeApi(URI.create(network.nodes().get(index).api()), client).get(path);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
