package org.entente.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.chain.app.LocalNetwork;
import org.entente.light.por.Member;
import org.entente.runtime.StartRefused;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What becomes of a network of real nodes when the world is bad to it (docs/chains/por.md §12).
/// One life of one network, fault by fault; after each it is one chain again.
@Tag("processes")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsTest {
    private static final int COUNT = FaultyNetwork.COUNT;
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @TempDir private static Path folder;
    private static FaultyNetwork it;

    @BeforeAll
    static void founded() throws Exception {
        System.out.println("trial faults seed " + SEED);
        it = new FaultyNetwork(folder, SEED);
    }

    @AfterAll
    static void ended() throws Exception {
        it.close();
    }

    @AfterEach
    void healed() {
        it.wires.heal();
        it.setClocks();
    }

    @Test
    @Order(1)
    void nodes_that_start_in_any_order_have_one_chain() throws Exception {
        List<Integer> order = new ArrayList<>(IntStream.range(0, COUNT).boxed().toList());
        Collections.shuffle(order, new Random(SEED));
        it.start(order);
        it.awaitOneChain(3);
    }

    /// One of five is cut off from four. With two away of five the parameters want 2^25 hashes for
    /// a block.
    @Test
    @Order(2)
    void the_fewer_make_nothing_final_and_leave_their_blocks_for_those_of_the_more()
            throws Exception {
        List<String> events = it.listen(0, "/v1/por/events");
        long reorganised = it.get(0, "/v1/por/network").path("reorganised").asLong();
        it.wires.cut(List.of(0), List.of(1, 2, 3, 4));
        long cut = 0;
        for (int node = 0; node < COUNT; node++) {
            cut = Math.max(cut, it.head(node));
        }
        long common = cut;
        FaultyNetwork.await("the fewer make a block", () -> it.head(0) > common);
        it.awaitLast(2, cut + 2);
        FaultyNetwork.await(
                "the fewer know that they are alone",
                () -> it.get(0, "/v1/por/network").path("peers").asInt() == 0);
        assertThat(it.last(0)).isLessThanOrEqualTo(cut);
        it.wires.heal();
        it.awaitOneChain(1);
        assertThat(it.get(0, "/v1/por/network").path("split").asBoolean()).isFalse();
        FaultyNetwork.await(
                "a block was left, and said so",
                () ->
                        it.get(0, "/v1/por/network").path("reorganised").asLong() > reorganised
                                && events.contains("event: left"));
        assertThat(it.text(0, "/metrics")).contains("entente_chain_reorganised");
    }

    /// Node 1 hears everybody, and nobody hears it.
    @Test
    @Order(3)
    void whom_nobody_hears_is_waited_for_by_nobody_and_goes_on_afterwards() throws Exception {
        for (int other : FaultyNetwork.others(0)) {
            it.wires.silence(0, other);
        }
        long head = it.head(1);
        it.awaitLast(1, head + 2);
        FaultyNetwork.await(
                "it is given up",
                () -> it.get(1, "/v1/por/network").path("peers").asInt() == COUNT - 2);
        it.wires.heal();
        it.awaitOneChain(1);
    }

    @Test
    @Order(4)
    void late_messages_and_connections_that_break_delay_blocks_and_nothing_else() throws Exception {
        it.wires.worsen(Duration.ofMillis(500), 0.01);
        it.awaitLast(0, it.head(0) + 4);
        it.wires.heal();
        it.awaitOneChain(1);
    }

    /// Two thousand of each member at once.
    @Test
    @Order(5)
    void of_ten_thousand_transactions_at_once_none_is_lost_or_done_twice() throws Exception {
        int each = 2_000;
        List<Burst> bursts = new ArrayList<>();
        for (int node = 0; node < COUNT; node++) {
            bursts.add(Burst.of(it, node, each));
        }
        Set<String> failed = new ConcurrentSkipListSet<>();
        Burst.send(bursts, failed);
        assertThat(failed).isEmpty();
        for (Burst burst : bursts) {
            for (int node = 0; node < COUNT; node++) {
                int at = node;
                FaultyNetwork.await(
                        "all are final at node " + node, () -> burst.next(at) == burst.end());
            }
        }
        it.awaitOneChain(1);
    }

    /// Garbage, a frame that is too long, and a hundred that say nothing.
    @Test
    @Order(6)
    void strangers_at_the_port_hold_nothing_up() throws Exception {
        int port = it.network.nodes().get(2).member().port();
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int count = 0; count < 100; count++) {
                strangers.add(new Socket(InetAddress.getByName("127.0.3.3"), port));
            }
            byte[] garbage = new byte[1 << 16];
            new Random(SEED).nextBytes(garbage);
            for (Socket each : strangers.subList(0, 20)) {
                try (OutputStream out = each.getOutputStream()) {
                    out.write(garbage);
                } catch (java.io.IOException e) {
                    // It did not wait for the end of it.
                }
            }
            it.awaitLast(2, it.head(2) + 1);
        } finally {
            for (Socket each : strangers) {
                each.close();
            }
        }
        it.awaitOneChain(1);
    }

    @Test
    @Order(7)
    void nodes_killed_at_any_moment_begin_where_they_were() throws Exception {
        Random random = new Random(SEED);
        for (int count = 0; count < 3; count++) {
            int node = random.nextInt(COUNT);
            long last = it.last(node);
            String digest = it.digest(node, last);
            Thread.sleep(random.nextInt(400));
            it.network.processes().kill(node);
            it.network.processes().restart(node);
            assertThat(it.digest(node, last)).isEqualTo(digest);
        }
        it.awaitOneChain(1);
    }

    /// No file of the process may grow past so much: to the process that is a full disk.
    @Test
    @Order(8)
    void a_node_whose_disk_is_full_only_shows_what_it_has_and_says_so() throws Exception {
        long pid = it.network.processes().running(3).pid();
        Process limited =
                new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=4096")
                        .inheritIO()
                        .start();
        assertThat(limited.waitFor()).isZero();
        FaultyNetwork.await(
                "it says so", () -> it.get(3, "/v1/por/network").path("readOnly").asBoolean());
        assertThat(it.text(3, "/health/ready")).contains("READ ONLY").contains("DOWN");
        assertThat(it.text(3, "/metrics")).contains("entente_chain_readonly 1");
        long last = it.last(3);
        String digest = it.digest(3, last);
        it.awaitLast(0, it.head(0) + 2);
        assertThat(it.last(3)).isEqualTo(last);
        assertThat(it.digest(0, last)).isEqualTo(digest);
        it.network.processes().kill(3);
        it.network.processes().restart(3);
        it.awaitOneChain(1);
    }

    @Test
    @Order(9)
    void a_torn_end_of_the_store_is_cut_and_a_flipped_bit_named_and_the_chain_fetched_anew()
            throws Exception {
        Path directory = it.network.nodes().get(4).directory();
        Path log = directory.resolve("blocks.log");
        it.network.processes().kill(4);
        Files.write(log, new byte[] {0, 0, 9, 9, 9}, StandardOpenOption.APPEND);
        it.network.processes().restart(4);
        it.awaitOneChain(1);
        it.network.processes().kill(4);
        byte[] bytes = Files.readAllBytes(log);
        bytes[5_000] ^= 1;
        Files.write(log, bytes);
        deleteIn(directory, ".snapshot");
        assertThatThrownBy(() -> it.network.processes().restart(4))
                .isInstanceOf(StartRefused.class);
        assertThat(it.log(4)).contains("blocks.log").contains("wrong checksum").contains("next:");
        for (String each : List.of("genesis", "blocks.log", "blocks.index", "acknowledged")) {
            Files.delete(directory.resolve(each));
        }
        it.network.start(List.of(4));
        it.awaitOneChain(1);
    }

    private static void deleteIn(Path directory, String suffix) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path each : files.filter(file -> file.toString().endsWith(suffix)).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    @Order(10)
    void a_node_whose_clock_is_ahead_follows_and_none_of_its_blocks_is_taken() throws Exception {
        it.restart(4, Duration.ofHours(1));
        awaitClock(4, Duration.ofMinutes(59).toMillis());
        long begun = it.head(0);
        it.awaitLast(4, begun + 3);
        it.awaitLast(0, begun + 3);
        String account = it.network.nodes().get(4).member().account().toString();
        for (long height = begun + 1; height <= begun + 3; height++) {
            assertThat(it.get(0, "/v1/headers/" + height).path("creator").asString())
                    .isNotEqualTo(account);
        }
        assertThat(it.log(4)).contains("CLOCK");
    }

    @Test
    @Order(11)
    void a_node_whose_clock_is_behind_takes_nothing_from_the_others_until_it_is_right()
            throws Exception {
        it.restart(4, Duration.ofHours(-1));
        awaitClock(4, Duration.ofMinutes(-59).toMillis());
        long head = it.head(4);
        it.awaitLast(0, head + 3);
        // A block of its own may bury one more of those that it had.
        assertThat(it.last(4)).isLessThanOrEqualTo(head);
        assertThat(it.text(4, "/metrics")).contains("entente_chain_clock_ahead -3");
        it.restart(4, Duration.ZERO);
        it.awaitOneChain(1);
    }

    private static void awaitClock(int node, long millis) throws Exception {
        FaultyNetwork.await(
                "it says how far its clock is ahead",
                () -> {
                    long ahead = it.get(node, "/v1/por/network").path("clockAheadMillis").asLong(0);
                    return millis < 0 ? ahead < millis : ahead > millis;
                });
    }

    /// A copy of node 5 on another machine: two of the others talk to the one, two to the other.
    @Test
    @Order(12)
    void two_machines_with_one_key_are_found_out_and_the_chain_stays_one() throws Exception {
        it.network.processes().kill(4);
        Twin twin = Twin.of(it, folder.resolve("copy"));
        try (LocalNetwork<Member> copy = twin.network()) {
            it.wires.worsen(Duration.ofMillis(400), 0);
            it.network.processes().launch(4);
            copy.processes().restart(4);
            FaultyNetwork.await("it is kept that it made two upon one", () -> doubles() > 0);
            // Whoever sees both says so; that may be one of the two alone.
            String twins = it.log(4) + Files.readString(copy.nodes().get(4).log());
            assertThat(it.log(0) + it.log(1) + it.log(2) + it.log(3) + twins)
                    .contains("EQUIVOCATION");
        }
        it.wires.heal();
        it.restart(4, Duration.ZERO);
        it.awaitOneChain(1);
    }

    private static int doubles() throws Exception {
        return it.get(0, "/v1/por/members").path("members").get(4).path("doubles").asInt();
    }
}
