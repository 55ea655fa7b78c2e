package org.entente.launcher.app.demo;

import org.entente.client.Failure;
import org.entente.runtime.FreePorts;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An endorser that disagrees, for an honest reason: gamma's agent asks one node alone, which was
/// brought back from an old backup and reaches none of the others, so it shows the chain as it was.
/// The two others are enough, and everyone can see who disagreed.
final class StaleBackup {
    private static final Market MARKET = Market.ORDERS;
    private static final String COPY = "orders-backup";

    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Ground ground;
    private final Processes processes;
    private final Terminal terminal;
    private final PublicLog log;

    StaleBackup(Ground ground, Processes processes, Terminal terminal, PublicLog log) {
        this.ground = ground;
        this.processes = processes;
        this.terminal = terminal;
        this.log = log;
    }

    /// What is done while gamma sees the old copy.
    @FunctionalInterface
    interface Scene {
        void play() throws Failure, IOException, InterruptedException;
    }

    /// @return whether it disagreed
    boolean during(Scene scene) throws Failure, IOException, InterruptedException {
        String gamma = Party.GAMMA.word();
        // First, so that the backup has all that gamma's agent has seen.
        processes.stop(gamma);
        String node = backedUp();
        URI address = configure(node);
        Path configuration = ground.path(gamma + ".conf");
        String sound = Files.readString(configuration);
        Files.writeString(
                configuration, sound.replace(ground.addressLine(MARKET), address.toString()));
        processes.start(List.of(COPY + "/" + node, gamma));
        try {
            awaitLink();
            long before = disagreements();
            scene.play();
            return hasDisagreedSince(before);
        } finally {
            Files.writeString(configuration, sound);
            processes.stop(gamma);
            processes.stop(COPY + "/" + node);
            processes.start(List.of(gamma));
        }
    }

    /// Copies the last node's files while it is held: as a crash would leave them.
    ///
    /// @return its name in its network
    private String backedUp() throws Failure, IOException, InterruptedException {
        String last = ground.nodes(MARKET).getLast();
        long height = 0;
        for (URI each : ground.addresses(MARKET)) {
            height = Math.max(height, height(each));
        }
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        while (height(ground.addresses(MARKET).getLast()) < height) {
            if (System.nanoTime() > end) {
                throw new IOException(last + " does not come to height " + height);
            }
            Thread.sleep(LOOK_EVERY);
        }
        processes.suspend(last);
        try {
            Path from = ground.path(last);
            String name = String.valueOf(from.getFileName());
            copy(from, ground.path(COPY).resolve(name));
            return name;
        } finally {
            processes.resume(last);
        }
    }

    private long height(URI node) throws Failure {
        return terminal.run("solo", "status", "--node", node.toString()).path("height").asLong();
    }

    /// The copy knows of no other member, so nobody finds it and it finds nobody.
    private URI configure(String node) throws IOException {
        Path folder = ground.path(COPY);
        int api = FreePorts.one();
        Files.writeString(folder.resolve("members"), "# cut off\n");
        Files.writeString(
                folder.resolve(node + ".conf"),
                Files.readString(ground.path(MARKET.word()).resolve(node + ".conf"))
                        .replace(
                                "listen = 127.0.0.1:"
                                        + ground.port(MARKET.word() + "/" + node)
                                        + "\n",
                                "listen = 127.0.0.1:" + api + "\n")
                        .replaceAll(
                                "peers.listen = .*",
                                "peers.listen = 127.0.0.1:" + FreePorts.one()));
        return URI.create("http://127.0.0.1:" + api);
    }

    private void awaitLink() throws Failure, InterruptedException, IOException {
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        while (!log.agent(Party.GAMMA).path("connected").asBoolean(false)) {
            if (System.nanoTime() > end) {
                throw new IOException(Party.GAMMA.agent() + " does not come back to the relay");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private long disagreements() throws Failure {
        return log.agent(Party.GAMMA).path("disagreements").asLong(0);
    }

    /// Whether gamma disagreed more often than before; what it says may come late, since nobody
    /// waits for it.
    private boolean hasDisagreedSince(long before) throws Failure, InterruptedException {
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        while (disagreements() <= before) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(LOOK_EVERY);
        }
        return true;
    }

    /// All but the locks; a log may be torn at its end, which a start mends.
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!Optional.ofNullable(file.getFileName())
                        .map(Path::toString)
                        .orElse("")
                        .equals("lock")) {
                    Files.copy(file, target);
                }
            }
        }
    }
}
