package org.entente.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.app.LocalNetwork;
import org.entente.chain.industrial.app.Design;
import org.entente.chain.industrial.app.Load;
import org.entente.chain.industrial.app.Main;
import org.entente.chain.industrial.app.Measured;
import org.entente.chain.industrial.app.Neighbours;
import org.entente.chain.industrial.app.Sealing;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Four sealers, each a process of its own, under load: one may fail or lie, two stop the chain and
/// break nothing. One life of one network, scene by scene.
@Tag("processes")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IndustrialNetworkTest {
    private static final int COUNT = 4;
    private static final int LAST = COUNT - 1;
    private static final int ACCOUNTS = 6;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration TIME_MAX = Duration.ofMinutes(1);
    private static final Duration STANDSTILL = Duration.ofSeconds(2);
    private static final String TWIN = "127.0.4.104";
    private static final Action PUT =
            new Action.Put(Bytes.utf8("key"), Optional.empty(), Bytes.utf8("value"));
    private static final String NOWHERE = "127.0.99.99";

    @TempDir private static Path folder;
    private static Wires wires;
    private static LocalNetwork<Neighbours.Neighbour> network;
    private static Measured measured;
    private static Load load;

    @BeforeAll
    static void begun() throws Exception {
        wires = new Wires(folder, COUNT, 1);
        network =
                LocalNetwork.founded(
                        folder.resolve("network"), design(node -> options(hosts(node))));
        wires.lay(network.nodes().stream().map(each -> each.member().port()).toList());
        network.start();
        measured = new Measured(network);
        load = Load.begun(network, ACCOUNTS, PAUSE);
        load.start();
    }

    private static Design design(IntFunction<List<String>> options) {
        return new Design(
                new ChainId("icb:faults"),
                COUNT,
                Sealing.FULL,
                20,
                Wires::name,
                List.of(
                        "view.timeout = 1s",
                        "view.timeoutMost = 4s",
                        "block.idle = 1s",
                        "resend = 300ms",
                        "finalTimeMax = 30s",
                        "snapshot.blocks = 16"),
                Main.class.getName(),
                options);
    }

    private static List<String> options(Path hosts) {
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Djdk.net.hosts.file=" + hosts);
    }

    private static Path hosts(int node) {
        try {
            return wires.hosts(node);
        } catch (IOException e) {
            throw new IllegalStateException("no file of hosts", e);
        }
    }

    @AfterAll
    static void ended() throws IOException {
        load.close();
        measured.close();
        network.close();
        wires.close();
    }

    @Test
    @Order(1)
    void four_nodes_under_load_have_one_state_at_every_height() throws Exception {
        awaitMore(10, 0, 1, 2, 3);
        assertThat(measured.areRootsEqual(measured.height(0))).isTrue();
        assertThat(load.sent()).anyMatch(Load.Sent::isDone);
        assertThat(measured.get(0, "/v1/industrial/network").path("verified").asLong())
                .isPositive();
    }

    @Test
    @Order(2)
    void one_that_is_killed_comes_back_with_all_that_was_final() throws Exception {
        long height = measured.height(LAST);
        String digest = digest(LAST, height);
        network.processes().kill(LAST);
        awaitMore(6, 0, 1, 2);
        // Nobody tells it anything: what it shows it has itself.
        wires.cut(List.of(LAST), List.of(0, 1, 2));
        network.processes().restart(LAST);
        assertThat(measured.height(LAST)).isGreaterThanOrEqualTo(height);
        assertThat(digest(LAST, height)).isEqualTo(digest);
        wires.heal();
        awaitMore(2, 0, 1, 2, LAST);
        assertThat(digest(LAST, height)).isEqualTo(digest);
        assertThat(measured.areRootsEqual(measured.height(0))).isTrue();
    }

    @Test
    @Order(3)
    void a_silent_primary_is_passed_over_and_rejoins() throws Exception {
        int primary = primary();
        int watching = primary == 0 ? 1 : 0;
        long before = viewChanges(watching);
        signal("STOP", primary);
        awaitMoreOf(watching, 6);
        await("views were changed", () -> viewChanges(watching) > before);
        signal("CONT", primary);
        awaitMore(2, 0, 1, 2, 3);
        assertThat(measured.areRootsEqual(measured.height(0))).isTrue();
    }

    @Test
    @Order(4)
    void a_partition_stops_the_chain_until_it_heals() throws Exception {
        wires.cut(List.of(0, 1), List.of(2, 3));
        assertStandstill(0, 1, 2, 3);
        wires.heal();
        awaitMore(3, 0, 1, 2, 3);
        assertThat(measured.areRootsEqual(measured.height(0))).isTrue();
    }

    @Test
    @Order(5)
    void without_two_of_four_nothing_is_final_and_all_is_read_until_they_are_back()
            throws Exception {
        network.processes().kill(2);
        network.processes().kill(3);
        assertStandstill(0, 1);
        String account = measured.get(0, "/v1/status").path("owner").asString();
        assertThat(measured.get(0, "/v1/accounts/" + account).path("nonce").asLong())
                .isGreaterThanOrEqualTo(ACCOUNTS);
        network.processes().launch(2);
        network.processes().launch(3);
        network.processes().awaitServing(2);
        network.processes().awaitServing(3);
        awaitMore(3, 0, 1, 2, 3);
        assertThat(measured.areRootsEqual(measured.height(0))).isTrue();
    }

    /// No file of the process may grow past so much: to the process that is a full disk.
    @Test
    @Order(6)
    void a_node_whose_disk_is_full_only_shows_what_it_has_and_says_so() throws Exception {
        long pid = network.processes().running(LAST).pid();
        Process limited =
                new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=4096")
                        .inheritIO()
                        .start();
        assertThat(limited.waitFor()).isZero();
        await(
                "it says so",
                () -> measured.get(LAST, "/v1/industrial/network").path("readOnly").asBoolean());
        Window full = new Window(network, LAST);
        assertThat(full.text("/health/ready")).contains("READ ONLY").contains("DOWN");
        assertThat(full.text("/metrics")).contains("entente_chain_readonly 1");
        assertThat(
                        full.send(network.owner(), full.nonce(network.owner()), PUT)
                                .path("code")
                                .asString())
                .isEqualTo("STOPPING");
        long height = measured.height(LAST);
        String digest = digest(LAST, height);
        awaitMore(4, 0, 1, 2);
        assertThat(measured.height(LAST)).isEqualTo(height);
        assertThat(digest(0, height)).isEqualTo(digest);
        assertThat(measured.get(LAST, "/v1/alerts").path("height").asLong()).isEqualTo(height);
        network.processes().kill(LAST);
        network.processes().restart(LAST);
        awaitMore(2, 0, 1, 2, LAST);
        assertThat(digest(LAST, height)).isEqualTo(digest);
        assertThat(measured.areRootsEqual(measured.height(0))).isTrue();
    }

    /// It waits for one before it that never comes, at another node than the owner's.
    @Test
    @Order(7)
    void what_an_expelled_account_left_waiting_is_refused() throws Exception {
        Signer owner = network.owner();
        Signer account = Load.fresh();
        Window first = new Window(network, 0);
        Window second = new Window(network, 1);
        long nonce = first.nonce(owner);
        first.send(owner, nonce, new Action.Admit(account.key()));
        await("it is admitted", () -> second.json(at(account)).path("standing").isString());
        assertThat(second.hand(account, 1, PUT).path("status").asString()).isEqualTo("WAITING");
        FutureTask<JsonNode> waiting = new FutureTask<>(() -> second.send(account, 1, PUT));
        Thread.ofVirtual().start(waiting);
        // A block later whoever asks for it has long been heard.
        first.send(owner, nonce + 1, PUT);
        first.send(owner, nonce + 2, new Action.Expel(account.key()));
        assertThat(waiting.get().path("code").asString()).isEqualTo("UNKNOWN_ACCOUNT");
        assertThat(second.send(account, 0, PUT).path("code").asString())
                .isEqualTo("UNKNOWN_ACCOUNT");
    }

    private static String at(Signer account) {
        return "/v1/accounts/" + account.key();
    }

    @Test
    @Order(8)
    void a_sealer_that_says_two_things_is_banned_by_what_stands_in_a_block() throws Exception {
        network.processes().kill(LAST);
        try (LocalNetwork<Neighbours.Neighbour> twin = twin()) {
            network.processes().restart(LAST);
            twin.processes().restart(LAST);
            await("node-4 is banned", () -> isBanned(0, LAST));
        }
        awaitMore(3, 0, 1, 2);
        for (int node = 0; node < COUNT; node++) {
            assertThat(isBanned(0, node)).isEqualTo(node == LAST);
        }
        wires.heal();
        network.processes().kill(LAST);
        network.processes().restart(LAST);
        awaitMore(2, 0, 1, 2, LAST);
        assertThat(measured.areRootsEqual(measured.height(0))).isTrue();
    }

    /// The last node once more, as from a backup: it talks to the nodes 2 and 3 only, the first to
    /// node 1 only.
    private static LocalNetwork<Neighbours.Neighbour> twin() throws Exception {
        Path copy = folder.resolve("twin");
        try (Stream<Path> files = Files.walk(network.directory())) {
            for (Path each : files.toList()) {
                Files.copy(each, copy.resolve(network.directory().relativize(each)));
            }
        }
        Path configuration = copy.resolve("node-4.conf");
        String api = "listen = 127.0.0.1:" + network.nodes().get(LAST).port() + "\n";
        Files.writeString(
                configuration,
                Files.readString(configuration).replaceFirst(api, "listen = 127.0.0.1:0\n"));
        Path hosts = folder.resolve("hosts-twin");
        Files.writeString(
                hosts,
                """
                %s node-1.test
                127.0.2.2 node-2.test
                127.0.3.3 node-3.test
                %s node-4.test
                """
                        .formatted(NOWHERE, TWIN));
        for (int node : List.of(1, 2)) {
            wires.divert(LAST, node, NOWHERE);
            wires.divert(node, LAST, TWIN);
        }
        return LocalNetwork.opened(copy, design(_ -> options(hosts)));
    }

    private static void signal(String word, int node) throws Exception {
        long process = network.processes().running(node).pid();
        new ProcessBuilder("kill", "-" + word, Long.toString(process)).start().waitFor();
    }

    private static long viewChanges(int node) throws Exception {
        return measured.get(node, "/v1/industrial/network").path("viewChanges").asLong();
    }

    /// Whose turn it is, as one of them sees it.
    private static int primary() throws Exception {
        String key = measured.get(0, "/v1/industrial/network").path("primary").asString();
        return IntStream.range(0, COUNT)
                .filter(node -> network.nodes().get(node).member().key().toString().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isBanned(int at, int node) throws Exception {
        String key = network.nodes().get(node).member().key().toString();
        for (JsonNode each : measured.get(at, "/v1/industrial/members").path("members")) {
            if (each.path("account").asString().equals(key)) {
                return each.path("banned").asBoolean();
            }
        }
        throw new AssertionError("no member is " + key);
    }

    private static String digest(int node, long height) throws Exception {
        return measured.get(node, "/v1/headers/" + height).path("digest").asString();
    }

    private static void assertStandstill(int... nodes) throws Exception {
        // What was on its way may still become final.
        Thread.sleep(STANDSTILL);
        long height = measured.height(nodes[0]);
        Thread.sleep(STANDSTILL);
        for (int node : nodes) {
            assertThat(measured.height(node)).isLessThanOrEqualTo(height);
        }
    }

    private static void awaitMoreOf(int node, long blocks) throws Exception {
        long height = measured.height(node) + blocks;
        await("height " + height + " at node " + (node + 1), () -> measured.height(node) >= height);
    }

    /// All of them get further than the first is now.
    private static void awaitMore(long blocks, int... nodes) throws Exception {
        long height = measured.height(nodes[0]) + blocks;
        for (int node : nodes) {
            await(
                    "height " + height + " at node " + (node + 1),
                    () -> measured.height(node) >= height);
        }
    }

    private static void await(String what, Callable<Boolean> holds) throws Exception {
        long until = System.nanoTime() + TIME_MAX.toNanos();
        while (!holds.call()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("not in time: " + what);
            }
            Thread.sleep(100);
        }
    }
}
