package org.entente.trials.faults;

import org.entente.chain.SignedTransaction;
import org.entente.chain.app.LocalNetwork;
import org.entente.chain.http.Posted;
import org.entente.chain.por.app.Design;
import org.entente.chain.por.app.Measured;
import org.entente.light.por.Member;
import org.entente.light.por.Parameters;
import org.entente.light.por.Settings;
import org.entente.runtime.Threads;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/// Five nodes with wires between them that make a block about three times a second. Members that
/// make none stay, so that what is done to one does not end with it.
final class FaultyNetwork implements AutoCloseable {
    static final int COUNT = 5;
    private static final Duration TIME_MAX = Duration.ofMinutes(2);
    private static final Duration LOAD_EVERY = Duration.ofMillis(200);
    private static final Parameters FAST =
            new Parameters(36_600, 26_500, Parameters.Nearest.ONE_STEP_BELOW_MAX);

    final Path directory;
    final Wires wires;
    final LocalNetwork<Member> network;
    final Measured measured;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Integer, Duration> skews = new ConcurrentHashMap<>();

    FaultyNetwork(Path folder, long seed) throws Exception {
        this.directory = folder.resolve("network");
        this.wires = new Wires(folder, COUNT, seed);
        this.network = LocalNetwork.founded(directory, design(wires, skews));
        this.measured = new Measured(network);
        wires.lay(network.nodes().stream().map(each -> each.member().port()).toList());
    }

    private static Design design(Wires wires, Map<Integer, Duration> skews) {
        return new Design(
                COUNT,
                FAST,
                Settings.Slack.STAYS,
                Wires::name,
                List.of(
                        "miner.patience = 200ms",
                        "miner.idle = 2s",
                        "miner.stall = 2s",
                        "snapshot.blocks = 40",
                        "events.heartbeat = 1s"),
                SkewedNode.class.getName(),
                node -> options(wires, node, skews.getOrDefault(node, Duration.ZERO)));
    }

    private static List<String> options(Wires wires, int node, Duration skew) {
        try {
            return options(wires.hosts(node), skew);
        } catch (IOException e) {
            throw new IllegalStateException("no file of hosts", e);
        }
    }

    static List<String> options(Path hosts, Duration skew) {
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Djdk.net.hosts.file=" + hosts,
                "-Dskew=" + skew);
    }

    void start(List<Integer> order) throws Exception {
        network.start(order);
        measured.load(LOAD_EVERY);
    }

    /// Whoever is started from now on has the right time.
    void setClocks() {
        skews.clear();
    }

    /// Another process of a node, whose clock is ahead by so much.
    void restart(int node, Duration skew) throws Exception {
        network.processes().kill(node);
        skews.put(node, skew);
        network.processes().restart(node);
    }

    JsonNode get(int node, String path) throws Exception {
        return measured.get(network.nodes().get(node), path);
    }

    String text(int node, String path) throws Exception {
        return client.send(request(node, path), HttpResponse.BodyHandlers.ofString()).body();
    }

    /// @return the status of the answer
    int submit(int node, SignedTransaction signed) throws Exception {
        HttpRequest request =
                Posted.request(signed)
                        .uri(URI.create(network.nodes().get(node).api() + Posted.PATH))
                        .header("prefer", "respond-async")
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest request(int node, String path) {
        return HttpRequest.newBuilder(URI.create(network.nodes().get(node).api() + path)).build();
    }

    /// What a stream of events says from now on, line by line.
    List<String> listen(int node, String path) throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        var answer = client.send(request(node, path), HttpResponse.BodyHandlers.ofInputStream());
        Threads.start(
                "listen",
                () -> {
                    try (BufferedReader reader =
                            new BufferedReader(
                                    new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                        reader.lines().forEach(lines::add);
                    } catch (IOException | RuntimeException e) {
                        // The node or the test has ended.
                    }
                });
        return lines;
    }

    long last(int node) throws Exception {
        return get(node, "/v1/por/network").path("last").asLong();
    }

    long head(int node) throws Exception {
        return get(node, "/v1/por/network").path("height").asLong();
    }

    String digest(int node, long height) throws Exception {
        return get(node, "/v1/headers/" + height).path("digest").asString();
    }

    void awaitLast(int node, long height) throws Exception {
        await("height " + height + " is final at node " + node, () -> last(node) >= height);
    }

    /// Everybody goes on from here and has the same.
    void awaitOneChain(long more) throws Exception {
        long height = 0;
        for (int node = 0; node < COUNT; node++) {
            height = Math.max(height, head(node));
        }
        for (int node = 0; node < COUNT; node++) {
            awaitLast(node, height + more);
        }
        // A header names the one before, so what is below is the same too.
        String first = digest(0, height + more);
        for (int node = 1; node < COUNT; node++) {
            if (!digest(node, height + more).equals(first)) {
                throw new AssertionError("two final blocks of height " + (height + more));
            }
        }
    }

    String log(int node) throws IOException {
        return Files.readString(network.nodes().get(node).log());
    }

    static List<Integer> others(int node) {
        return IntStream.range(0, COUNT).filter(each -> each != node).boxed().toList();
    }

    static void await(String what, Callable<Boolean> holds) throws Exception {
        long until = System.nanoTime() + TIME_MAX.toNanos();
        while (!holds.call()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("not in time: " + what);
            }
            Thread.sleep(100);
        }
    }

    @Override
    public void close() throws IOException {
        measured.close();
        network.close();
        wires.close();
        client.shutdownNow();
    }
}
