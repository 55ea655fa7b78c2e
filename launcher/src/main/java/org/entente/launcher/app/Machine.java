package org.entente.launcher.app;

import org.entente.certs.Cryptography;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What `doctor` looks at, one thing each.
final class Machine {
    private static final int JDK = 25;
    private static final long GIBIBYTE = 1L << 30;
    private static final int BLOCK_SIZE_BYTES = 4 * 1024;
    private static final int WRITES = 200;

    /// Below this the relay orders fewer changes than its group commit is made for.
    private static final int FORCED_WRITES_PER_SECOND_MIN = 200;

    private static final Duration CLOCK_SAMPLE = Duration.ofMillis(200);
    private static final Duration CLOCK_STEP_MAX = Duration.ofMillis(50);
    private static final long TOOL_SECONDS_MAX = 5;

    private Machine() {}

    static Finding jdk() {
        int feature = Runtime.version().feature();
        String words = System.getProperty("java.vendor") + " " + Runtime.version();
        return feature == JDK
                ? Finding.ok("jdk", words)
                : Finding.fail("jdk", words, "install a JDK " + JDK);
    }

    static Finding cryptography(Supplier<Cryptography> cryptography) {
        String report = cryptography.get().report();
        return report.contains("fallback")
                ? Finding.warn(
                        "cryptography",
                        report,
                        "it works, slower; the fast provider exists for Linux on x86-64")
                : Finding.ok("cryptography", report);
    }

    static List<Finding> disk(Path directory) {
        List<Finding> findings = new ArrayList<>();
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            String words = free / GIBIBYTE + " GiB free in " + directory.toAbsolutePath();
            findings.add(
                    free >= 10 * GIBIBYTE
                            ? Finding.ok("disk", words)
                            : free >= GIBIBYTE
                                    ? Finding.warn("disk", words, "logs only grow: plan for more")
                                    : Finding.fail("disk", words, "make room"));
            findings.add(forcedWrites(directory));
        } catch (IOException e) {
            findings.add(
                    Finding.fail(
                            "disk",
                            "cannot write into " + directory + ": " + e.getMessage(),
                            "name a directory of this user"));
        }
        return findings;
    }

    /// As the log writes: into a file that was written with zeros before.
    private static Finding forcedWrites(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, ".entente-doctor", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(BLOCK_SIZE_BYTES * WRITES));
            channel.force(true);
            long begin = System.nanoTime();
            for (int index = 0; index < WRITES; index++) {
                channel.write(
                        ByteBuffer.allocate(BLOCK_SIZE_BYTES), (long) index * BLOCK_SIZE_BYTES);
                channel.force(false);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            long rate = Math.round(WRITES / seconds);
            String words = rate + " forced writes of 4 KiB per second";
            return rate >= FORCED_WRITES_PER_SECOND_MIN
                    ? Finding.ok("forced writes", words)
                    : Finding.warn("forced writes", words, "use a faster disk for the logs");
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// The wall clock against the monotonic one: a step between them is somebody setting the clock.
    static Finding clock(InstantSource clock) {
        Instant wall = clock.instant();
        long monotonic = System.nanoTime();
        while (System.nanoTime() - monotonic < CLOCK_SAMPLE.toNanos()) {
            Thread.onSpinWait();
        }
        Duration step =
                Duration.between(wall, clock.instant())
                        .minusNanos(System.nanoTime() - monotonic)
                        .abs();
        return step.compareTo(CLOCK_STEP_MAX) <= 0
                ? Finding.ok("clock", clock.instant() + ", no step seen")
                : Finding.warn(
                        "clock",
                        "stepped by " + step.toMillis() + " ms while looking",
                        "slew the clock instead of setting it (chrony, ntpd -x)");
    }

    static Finding ports() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Finding.ok("ports", "can listen, for instance on " + socket.getLocalPort());
        } catch (IOException e) {
            return Finding.fail(
                    "ports", "cannot listen: " + e.getMessage(), "allow this user to open ports");
        }
    }

    static Finding tool(String name, String argument) {
        String next = "only the handbook's examples use it: install " + name;
        try {
            Process process = new ProcessBuilder(name, argument).redirectErrorStream(true).start();
            String line = process.inputReader().readLine();
            boolean ended = process.waitFor(TOOL_SECONDS_MAX, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            return ended && process.exitValue() == 0 && line != null
                    ? Finding.ok(name, line)
                    : Finding.warn(name, "does not answer", next);
        } catch (IOException e) {
            return Finding.warn(name, "is not on the path", next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.warn(name, "interrupted", "give the command again");
        }
    }
}
