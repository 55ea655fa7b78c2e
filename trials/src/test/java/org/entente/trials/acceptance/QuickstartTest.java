package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The quickstart, run with separate processes. After every step that changed a log, each process
/// is killed with SIGKILL, the log is folded offline, and the restarted relay must serve exactly
/// that fold.
///
/// `-Ddocs=write` writes what was seen into the page.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuickstartTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/quickstart.md");
    private static final Pattern REGISTRY =
            Pattern.compile(
                    "\"registry\":\\{\"size\":(\\d+),\"root\":\"(\\w+)\",\"digest\":\"(\\w+)\"");
    private static final Pattern CHECKED =
            Pattern.compile("registry size (\\d+) root (\\w+) digest (\\w+)");

    private final Page page = page();
    private Path folder = ROOT;
    private Transcript transcript;
    private Page seen = new Page(java.util.List.of());
    private Held last = new Held(0, "", "");
    private int kills;

    /// What the registry log held at a moment: its size, its root, the digest of its fold.
    private record Held(long size, String root, String digest) {
        static Held of(Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            assertThat(matcher.find()).as(text).isTrue();
            return new Held(Long.parseLong(matcher.group(1)), matcher.group(2), matcher.group(3));
        }
    }

    @BeforeAll
    void follow_the_page(@TempDir Path temporary) throws Exception {
        folder = temporary;
        transcript = new Transcript(ROOT, folder);
        seen = transcript.run(page, this::killIfChanged);
        if ("write".equals(System.getProperty("docs"))) {
            Files.writeString(PAGE, seen.text());
        }
    }

    @AfterAll
    void end_what_was_started() throws IOException {
        transcript.close();
    }

    @Test
    @Order(1)
    void every_command_prints_what_the_page_shows() throws IOException {
        assertThat(seen.text()).isEqualTo(Files.readString(PAGE));
    }

    @Test
    @Order(2)
    void the_registry_survived_a_kill_after_every_change() {
        System.out.println("quickstart: " + kills + " kills, registry log of " + last.size);
        assertThat(kills).isGreaterThan(15);
    }

    @Test
    @Order(3)
    void a_database_that_is_deleted_is_rebuilt_to_the_same_digest() throws Exception {
        transcript.killAndRestart(() -> delete(folder.resolve("relay/view")));
        assertThat(served()).isEqualTo(last);
    }

    @Test
    @Order(4)
    void a_flipped_bit_in_the_log_is_named_and_the_relay_does_not_start() throws Exception {
        transcript.killAndRestart(() -> {
            Path segment = folder.resolve("relay/logs/registry/00000000.segment");
            flip(segment, 3 * 4096 + 80);
            Shell.Result check = transcript.run("./entente relay check --config relay.conf");
            assertThat(check.exitCode()).isNotZero();
            assertThat(check.output()).contains("00000000.segment", "serial");
            Shell.Result start = transcript.run("./entente relay --config relay.conf");
            assertThat(start.exitCode()).isNotZero();
            flip(segment, 3 * 4096 + 80);
        });
        assertThat(served()).isEqualTo(last);
    }

    private void killIfChanged(Page.Step step) throws Exception {
        if (transcript.jobs().isEmpty() || step.inBackground()) {
            return;
        }
        Held now = served();
        assertThat(now.size).as("a log never shrinks").isGreaterThanOrEqualTo(last.size);
        if (now.equals(last)) {
            return;
        }
        kills++;
        transcript.killAndRestart(() -> assertThat(checked()).isEqualTo(now));
        assertThat(served()).as("after: " + step.command()).isEqualTo(now);
        last = now;
    }

    private Held served() throws IOException, InterruptedException {
        return Held.of(
                REGISTRY,
                transcript
                        .run("curl -sS --cacert relay/relay.pem https://localhost:7400/v1/status")
                        .output());
    }

    private Held checked() throws IOException, InterruptedException {
        return Held.of(
                CHECKED, transcript.run("./entente relay check --config relay.conf").output());
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int before = bytes.read();
            bytes.seek(at);
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

    private static Page page() {
        try {
            return Page.parse(Files.readString(PAGE));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
