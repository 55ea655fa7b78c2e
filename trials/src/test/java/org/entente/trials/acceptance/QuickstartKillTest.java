package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// The quickstart with kills after its steps, and then what its processes do with lost and damaged
/// files. The page itself is compared by `QuickstartTest`.
@Tag("processes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuickstartKillTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/quickstart.md");

    /// In the record of the registry log's second batch.
    private static final long WITHIN_A_RECORD = 3 * 4096 + 80;

    private Path folder = ROOT;
    private QuickstartRun run;
    private String seen = "";

    @BeforeAll
    void follow_the_page(@TempDir Path temporary) throws Exception {
        folder = temporary;
        run = new QuickstartRun(ROOT, folder, QuickstartRun.Victims.RELAY_AND_AT_TIMES_AGENTS);
        seen = run.follow().text();
    }

    @AfterAll
    void end_what_was_started() throws IOException {
        run.close();
    }

    @Test
    @Order(1)
    void every_command_prints_what_the_page_shows_whoever_was_killed() throws IOException {
        assertThat(seen).isEqualTo(Files.readString(PAGE));
    }

    @Test
    @Order(2)
    void the_registry_survived_a_kill_after_every_change() {
        System.out.println("quickstart: " + run.kills() + " kills, " + run.last());
        assertThat(run.kills()).isGreaterThan(15);
    }

    @Test
    @Order(3)
    void a_database_that_is_deleted_is_rebuilt_to_the_same_digest() throws Exception {
        killRelay(() -> delete(folder.resolve("relay/view")));
        assertThat(run.served()).isEqualTo(run.last());
        String status =
                run.transcript()
                        .run("curl -sS --cacert relay/relay.pem https://localhost:7400/v1/status")
                        .output();
        assertThat(status.substring(status.indexOf("\"view\"")))
                .contains("\"digest\":\"" + run.last().digest() + "\"");
    }

    @Test
    @Order(4)
    void a_flipped_bit_in_the_log_is_named_and_the_relay_does_not_start() throws Exception {
        Path segment = folder.resolve("relay/logs/registry/00000000.segment");
        killRelay(() -> {
            flip(segment);
            Shell.Result check = run.check();
            assertThat(check.exitCode()).isNotZero();
            assertThat(check.output()).contains("00000000.segment", "serial");
            Shell.Result start = run.transcript().run("./entente relay --config relay.conf");
            assertThat(start.exitCode()).isNotZero();
            assertThat(start.output()).contains("00000000.segment", "serial");
            flip(segment);
        });
        assertThat(run.served()).isEqualTo(run.last());
    }

    private void killRelay(Transcript.Look meanwhile) throws Exception {
        run.transcript().killAndRestart(job -> job.is("relay"), meanwhile);
    }

    private static void flip(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(WITHIN_A_RECORD);
            int before = bytes.read();
            bytes.seek(WITHIN_A_RECORD);
            bytes.write(before ^ 1);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
