package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the script does with archives of classes that processes leave behind: its own function, in
/// a folder where processes have left some.
class ClassArchivesTest {
    private static final Path SCRIPT = Path.of("..", "entente");
    private static final Duration TIME_MAX = Duration.ofSeconds(30);
    private static final Instant BUILT = Instant.parse("2026-11-22T06:00:00Z");
    private static final int ROUNDS = 20;

    @TempDir private Path home;
    private Shell shell;

    @BeforeEach
    void begun() throws IOException {
        Path built = Files.createDirectory(home.resolve("class-path")).resolve("launcher");
        Files.createFile(built);
        Files.setLastModifiedTime(built, FileTime.from(BUILT));
        shell = new Shell(home, Map.of());
    }

    @AfterEach
    void ended() throws IOException {
        shell.close();
    }

    /// What the script defines as `classes`.
    private static String function() throws IOException {
        List<String> lines = Files.readAllLines(SCRIPT);
        int begin = lines.indexOf("classes() {");
        assertThat(begin).as("where the function begins").isPositive();
        int end = begin + lines.subList(begin, lines.size()).indexOf("}");
        return String.join("\n", lines.subList(begin, end + 1));
    }

    /// As the script calls it for a process of the relay.
    private String call(String whether) throws IOException {
        return "(set -euo pipefail\nhome=%s\nroom=relay\noptions=()\n%s\nclasses %s\necho \"${options[@]}\")"
                .formatted(home, function(), whether);
    }

    /// @return the options that the process gets
    private String started(String whether) throws Exception {
        Shell.Result result = shell.run(call(whether), TIME_MAX);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output().strip();
    }

    private Path archive() {
        return home.resolve("relay.jsa");
    }

    private Path leftBy(long process) {
        return home.resolve("relay.jsa." + process);
    }

    private static void write(Path file, String content, Instant at) throws IOException {
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(at));
    }

    private static long gone() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private List<String> archives() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whoever_finds_none_leaves_one_of_its_own_if_it_is_to() throws Exception {
        assertThat(started("leave"))
                .startsWith("-XX:ArchiveClassesAtExit=" + archive() + ".")
                .matches(".*[.][0-9]+");
        assertThat(started("take")).isEmpty();
    }

    @Test
    void one_whose_writer_is_gone_is_taken() throws Exception {
        write(leftBy(gone()), "left", BUILT.plusSeconds(1));
        assertThat(started("take")).isEqualTo("-XX:SharedArchiveFile=" + archive());
        assertThat(archives()).containsExactly("relay.jsa");
        assertThat(archive()).hasContent("left");
    }

    @Test
    void one_whose_writer_lives_is_left_alone() throws Exception {
        Path left = leftBy(ProcessHandle.current().pid());
        write(left, "being written", BUILT.plusSeconds(1));
        assertThat(started("leave")).startsWith("-XX:ArchiveClassesAtExit=");
        assertThat(archives()).containsExactly(left.getFileName().toString());
        write(archive(), "whole", BUILT.plusSeconds(1));
        assertThat(started("leave")).isEqualTo("-XX:SharedArchiveFile=" + archive());
        assertThat(left).hasContent("being written");
    }

    @Test
    void those_older_than_the_program_are_removed() throws Exception {
        write(archive(), "old", BUILT.minusSeconds(1));
        write(leftBy(gone()), "old as well", BUILT.minusSeconds(1));
        assertThat(started("leave")).startsWith("-XX:ArchiveClassesAtExit=");
        assertThat(archives()).isEmpty();
    }

    @Test
    void an_old_one_makes_way_for_one_that_was_left_since() throws Exception {
        write(archive(), "old", BUILT.minusSeconds(1));
        write(leftBy(gone()), "new", BUILT.plusSeconds(1));
        assertThat(started("take")).isEqualTo("-XX:SharedArchiveFile=" + archive());
        assertThat(archives()).containsExactly("relay.jsa");
        assertThat(archive()).hasContent("new");
    }

    @Test
    void one_that_is_there_stays_when_another_was_left() throws Exception {
        write(archive(), "first", BUILT.plusSeconds(1));
        write(leftBy(gone()), "second", BUILT.plusSeconds(2));
        assertThat(started("leave")).isEqualTo("-XX:SharedArchiveFile=" + archive());
        assertThat(archives()).containsExactly("relay.jsa");
        assertThat(archive()).hasContent("first");
    }

    @Test
    void of_two_that_were_left_one_stays_also_where_two_start_at_once() throws Exception {
        String both =
                "%s & first=$!\n%s & second=$!\nwait $first && wait $second"
                        .formatted(call("leave"), call("leave"));
        String taking = "-XX:SharedArchiveFile=" + archive();
        for (int round = 0; round < ROUNDS; round++) {
            Files.deleteIfExists(archive());
            write(leftBy(gone()), "one", BUILT.plusSeconds(1));
            write(leftBy(gone()), "other", BUILT.plusSeconds(1));
            Shell.Result result = shell.run(both, TIME_MAX);
            assertThat(result.exitCode()).as(result.output()).isZero();
            assertThat(result.output().strip().lines()).containsExactly(taking, taking);
            assertThat(archives()).containsExactly("relay.jsa");
            assertThat(Files.readString(archive())).isIn("one", "other");
        }
    }
}
