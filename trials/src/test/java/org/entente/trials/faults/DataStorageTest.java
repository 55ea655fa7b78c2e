package org.entente.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Cryptography;
import org.entente.chain.app.LocalNetwork;
import org.entente.chain.industrial.app.Design;
import org.entente.chain.industrial.app.Main;
import org.entente.chain.industrial.app.Neighbours;
import org.entente.chain.industrial.app.Sealing;
import org.entente.chain.industrial.data.Content;
import org.entente.client.cli.command.World;
import org.entente.protocol.ChainId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// A network whose first node keeps data in 64 MiB of memory, and whose second keeps the replica.
/// One life of one network, scene by scene, by the commands that people give.
@Tag("processes")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DataStorageTest {
    private static final long SIZE_BYTES = 1L << 30;
    private static final int SMALL_SIZE_BYTES = 40 << 20;
    private static final int SMALL_COUNT = SMALL_SIZE_BYTES / Content.CHUNK_SIZE_BYTES;
    private static final int BLOCK_SIZE_BYTES = 1 << 20;
    private static final int MEMORY_MIB_MAX = 64;
    private static final Duration TIME_MAX = Duration.ofMinutes(4);

    @TempDir private static Path folder;
    private static LocalNetwork<Neighbours.Neighbour> network;
    private static Path key;

    private record Ended(int exit, String out, String err) {}

    @BeforeAll
    static void begun() throws Exception {
        Design design =
                new Design(
                        new ChainId("icb:data"),
                        4,
                        Sealing.FULL,
                        50,
                        _ -> "127.0.0.1",
                        List.of("data.reserve = 64MiB", "data.scrubRate = 1GiB"),
                        Main.class.getName(),
                        // The second compiler knows the processor's instructions for AES and
                        // SHA-256.
                        node ->
                                List.of(
                                        "-XX:+UseSerialGC",
                                        "-XX:+ExitOnOutOfMemoryError",
                                        "-Xmx" + (node < 2 ? MEMORY_MIB_MAX : 256) + "m"));
        network = LocalNetwork.founded(folder.resolve("network"), design);
        Files.writeString(
                network.nodes().getFirst().configuration(),
                "data.replicas = " + network.nodes().get(1).api() + "\n",
                StandardOpenOption.APPEND);
        network.start();
        key = network.directory().resolve("owner.p12");
    }

    @AfterAll
    static void ended() {
        network.close();
    }

    /// As a person types it: with the account and the first node behind.
    private static Ended data(Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        World world =
                new World(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        InstantSource.system(),
                        new SecureRandom(),
                        Cryptography::fastest);
        Stream<Object> line =
                Stream.concat(
                        Stream.concat(Stream.of("data"), Arrays.stream(words)),
                        Stream.of("--key", key, "--node", network.nodes().getFirst().api()));
        int exit =
                org.entente.launcher.Main.program(world)
                        .run(line.map(Object::toString).toArray(String[]::new));
        return new Ended(
                exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Ended done(Object... words) {
        Ended ended = data(words);
        assertThat(ended.exit).as("%s %s", ended.out, ended.err).isZero();
        return ended;
    }

    private static Path made(String name, long size) throws IOException {
        Path file = folder.resolve(name);
        byte[] block = new byte[BLOCK_SIZE_BYTES];
        Random random = new Random(11);
        try (OutputStream to = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= block.length) {
                random.nextBytes(block);
                to.write(block);
            }
        }
        return file;
    }

    /// Those that are there; what goes while it is looked for is not.
    private static List<Path> chunks(int node) throws IOException {
        return kept(node, "chunks");
    }

    private static List<Path> kept(int node, String what) throws IOException {
        List<Path> kept = new ArrayList<>();
        Files.walkFileTree(
                network.nodes().get(node).directory().resolve("data").resolve(what),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        kept.add(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }
                });
        return kept.stream().sorted().toList();
    }

    private static void eventually(String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + TIME_MAX.toNanos();
        while (!holds.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(200);
        }
    }

    /// The most that the process ever had in memory, in MiB: heap, code and all.
    private static long memoryMost(int node) throws IOException {
        long pid = network.processes().running(node).pid();
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElseThrow()
                >> 10;
    }

    @Test
    @Order(1)
    void a_gigabyte_goes_in_and_out_in_64_megabytes_of_memory() throws Exception {
        Path film = made("film", SIZE_BYTES);
        long began = System.nanoTime();
        done("put", film, "press/7/film", "--type", "video", "--media", "1920x1080x60000");
        long stored = System.nanoTime();
        Path back = folder.resolve("back");
        done("get", "press/7/film", "--out", back);
        long fetched = System.nanoTime();
        assertThat(Files.mismatch(film, back)).isEqualTo(-1);
        Files.delete(back);
        System.out.println(
                "stored in %d s, fetched in %d s, at most %d MiB resident with -Xmx%dm"
                        .formatted(
                                (stored - began) / 1_000_000_000,
                                (fetched - stored) / 1_000_000_000,
                                memoryMost(0),
                                MEMORY_MIB_MAX));
    }

    @Test
    @Order(2)
    void a_tampered_chunk_is_found_by_verify_and_healed_by_the_scrub() throws Exception {
        eventually("the replica is whole", () -> chunks(1).size() == chunks(0).size());
        Path chunk = chunks(0).get(1_000);
        byte[] bytes = Files.readAllBytes(chunk);
        bytes[77] ^= 1;
        Files.write(chunk, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        Ended verified = data("verify", "press/7/film");
        assertThat(verified.exit).isEqualTo(1);
        assertThat(verified.err).contains("DATA_CORRUPT");
        done("scrub", "--start");
        eventually("the chunk is sound again", () -> data("verify", "press/7/film").exit == 0);
        eventually(
                "the scrub says so",
                () -> data("scrub").out.contains(" 1 healed, 0 damaged; the last pass"));
    }

    /// How many chunks the first node took since its start.
    private static int taken() throws Exception {
        return new Window(network, 0)
                .text("/metrics")
                .lines()
                .filter(line -> line.startsWith("entente_http_requests_seconds_count{"))
                .filter(line -> line.contains("\"put\"") && line.contains("/uploads/"))
                .mapToInt(line -> (int) Double.parseDouble(line.replaceAll(".* ", "")))
                .sum();
    }

    @Test
    @Order(3)
    void an_upload_goes_on_after_the_node_was_killed() throws Exception {
        Path small = made("small", SMALL_SIZE_BYTES);
        int before = chunks(0).size();
        Thread killer =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                eventually("some came", () -> chunks(0).size() > before + 5);
                                network.processes().kill(0);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        Ended broken = data("put", small, "press/7/small");
        killer.join();
        assertThat(broken.exit).isEqualTo(4);
        int kept = chunks(0).size() - before;
        network.processes().restart(0);
        String upload = broken.err.lines().findFirst().orElseThrow().replaceAll(".* ", "");
        done("put", small, "press/7/small", "--resume", upload);
        assertThat(taken()).as("what had come is not sent again").isEqualTo(SMALL_COUNT - kept);
        Path back = folder.resolve("small-back");
        done("get", "press/7/small", "--out", back);
        assertThat(Files.mismatch(small, back)).isEqualTo(-1);
    }

    @Test
    @Order(4)
    void what_is_erased_is_unreadable_on_both_nodes_and_its_hash_stays() throws Exception {
        assertThat(kept(0, "keys")).hasSize(2);
        done("erase", "press/7/film", "--reason", "contract ended");
        eventually("its chunks are gone", () -> chunks(0).size() == SMALL_COUNT);
        eventually("the replica's too", () -> chunks(1).size() <= SMALL_COUNT);
        // Where a copy of a chunk is left somewhere, nothing opens it.
        assertThat(kept(0, "keys")).hasSize(1);
        Ended refused = data("get", "press/7/film", "--out", folder.resolve("none"));
        assertThat(refused.exit).isEqualTo(1);
        assertThat(refused.err).contains("DATA_ERASED");
        assertThat(done("history", "press/7/film").out)
                .contains("ERASED")
                .contains(Long.toString(SIZE_BYTES));
    }

    @Test
    @Order(5)
    void a_series_has_its_batches_and_its_gap() throws Exception {
        Path readings = folder.resolve("readings.csv");
        Files.writeString(readings, "10,2000\n20,2010,1\n");
        done("series-begin", "press/7/bar", "--unit", "bar", "--scale", "2");
        done("series-add", "press/7/bar", readings);
        done("series-gap", "press/7/bar", "--count", 2, "--reason", "the line was down");
        Files.writeString(readings, "30,1990\n");
        done("series-add", "press/7/bar", readings);
        assertThat(done("series", "press/7/bar").out)
                .contains("3 readings, part 4 is next, 2 missing\n")
                .contains("the line was down");
        assertThat(data("series-add", "press/7/bar", readings).err).contains("INVALID_VALUE");
    }
}
