package org.entente.relay.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.merkle.Frontier;
import org.entente.protocol.merkle.TreeHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/// kill -9 at random moments: every acknowledged record is there, and equal.
final class KillTest {
    private static final int CYCLES = 4;

    @TempDir private Path directory;

    @Test
    void every_acknowledged_record_survives_kill_9() throws Exception {
        Random random = new Random(LogFixture.SEED);
        System.out.println("kill -9 with -Dseed=" + LogFixture.SEED);
        LogFixture.createTiny(directory).close();
        long acknowledged = -1;
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            acknowledged = Math.max(acknowledged, runAndKill(1 + random.nextInt(800)));
            try (Log log = LogFixture.reopen(directory)) {
                assertThat(log.size()).isGreaterThan(acknowledged);
                Frontier frontier = Frontier.EMPTY;
                for (long serial = 0; serial < log.size(); serial++) {
                    LogRecord expected = LogFixture.record(serial);
                    assertThat(log.read(serial)).isEqualTo(expected);
                    frontier = frontier.append(TreeHash.leaf(expected.entry()));
                }
                assertThat(log.tree().root()).isEqualTo(frontier.root());
            }
        }
    }

    /// Answers the highest serial that was acknowledged before the process was gone.
    private long runAndKill(int linesBeforeKill) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--class-path",
                                System.getProperty("java.class.path"),
                                AppendingProcess.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        long acknowledged = -1;
        try (BufferedReader output = process.inputReader()) {
            int lines = 0;
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                acknowledged = Math.max(acknowledged, Long.parseLong(line));
                lines++;
                if (lines == linesBeforeKill) {
                    // The handle's kill leaves our end of the pipe open: what was acknowledged
                    // before
                    // is read to its end.
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(lines).isGreaterThanOrEqualTo(linesBeforeKill);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return acknowledged;
    }
}
