package org.entente.launcher.app.demo;

import org.entente.client.Failure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An endorser that disagrees, for an honest reason: gamma's agent is pointed at a node that was
/// brought back from an old copy of the chain and has gone its own way since. The two others are
/// enough, and everyone can see who disagreed.
final class StaleBackup {
    private static final String COPY = "orders-copy";

    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Ground ground;
    private final Processes processes;
    private final PublicLog log;

    StaleBackup(Ground ground, Processes processes, PublicLog log) {
        this.ground = ground;
        this.processes = processes;
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
        copy(ground.path(Market.ORDERS.word()), ground.path(COPY));
        int port = free();
        Files.writeString(
                ground.path(COPY + ".conf"),
                Files.readString(ground.path(Market.ORDERS.word() + ".conf"))
                        .replace(
                                "127.0.0.1:" + ground.port(Market.ORDERS.word()),
                                "127.0.0.1:" + port)
                        .replace(
                                "directory = " + ground.path(Market.ORDERS.word()),
                                "directory = " + ground.path(COPY)));
        processes.stop(gamma);
        byte[] followed = Files.readAllBytes(followed());
        Path configuration = ground.path(gamma + ".conf");
        String sound = Files.readString(configuration);
        Files.writeString(
                configuration,
                sound.replace(ground.node(Market.ORDERS).toString(), "http://127.0.0.1:" + port));
        processes.start(List.of(COPY, gamma));
        try {
            awaitLink();
            long before = disagreements();
            scene.play();
            return hasDisagreedSince(before);
        } finally {
            Files.writeString(configuration, sound);
            processes.stop(gamma);
            processes.stop(COPY);
            // The copy's own blocks are final to gamma; a person decides that they are not.
            Files.write(followed(), followed);
            processes.start(List.of(gamma));
        }
    }

    /// Where gamma's agent keeps the block of the orders that it followed last.
    private Path followed() {
        return ground.path(Party.GAMMA.word())
                .resolve("agents/agent-1/journal")
                .resolve(ground.chain(Market.ORDERS).toString().replace(':', '~') + ".chain");
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

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// All but the lock; the log may be torn at its end, which a start mends.
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
