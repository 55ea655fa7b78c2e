package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.launcher.app.demo.Script;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The demo as a person keeps it running: its screen, the commands that it names, its end, and that
/// the next start goes on with what is there.
@Tag("processes")
class DemoTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String LAST_LINE = "Ctrl-C ends all of it";
    private static final String COMMAND = "  entente ";
    private static final int END_MINUTES_MAX = 2;

    @TempDir private Path folder;

    @Test
    void the_commands_of_its_screen_work_and_what_was_exchanged_survives_its_end()
            throws Exception {
        Path home = folder.resolve("demo");
        List<String> first = screen(home);
        List<String> before = shown(first);
        assertThat(before.get(2)).contains("press-7/temperature");
        assertThat(first).anyMatch(line -> line.startsWith("memory "));

        List<String> second = screen(home);
        assertThat(second).containsAll(addresses(first));
        List<String> after = shown(second);
        // Batches of the series, versions of the document: what was there, and more.
        for (int index : new int[] {0, 1}) {
            List<String> earlier = rows(before.get(index));
            assertThat(earlier).isNotEmpty();
            assertThat(rows(after.get(index)))
                    .containsAll(earlier)
                    .hasSizeGreaterThan(earlier.size());
        }
        assertThat(after.get(2)).contains("press-7/temperature");
    }

    /// Of a table those that begin with a number.
    private static List<String> rows(String printed) {
        return printed.lines().filter(line -> line.matches("[0-9]+ .*")).toList();
    }

    /// What each command of the last screen printed, in its order; receipts are of other commands.
    private final List<String> printed = new ArrayList<>();

    private List<String> shown(List<String> screen) {
        assertThat(printed).hasSameSizeAs(commands(screen));
        List<String> all = List.copyOf(printed);
        printed.clear();
        return all;
    }

    private static List<String> commands(List<String> screen) {
        return screen.stream()
                .filter(line -> line.startsWith(COMMAND))
                .map(line -> line.substring(COMMAND.length()))
                .toList();
    }

    /// Lines that name where something is, which stay.
    private static List<String> addresses(List<String> screen) {
        return screen.stream()
                .filter(line -> line.contains("http") && !line.startsWith(COMMAND))
                .toList();
    }

    /// Starts the demo, reads its screen, gives the commands that it names, and ends it.
    private List<String> screen(Path home) throws IOException, InterruptedException {
        Script script = new Script(ROOT.resolve("entente"), folder);
        Process demo =
                script.builder(List.of("demo", "--directory", home.toString()))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(demo.getErrorStream(), StandardCharsets.UTF_8))) {
            String line = "";
            while (line != null && !line.startsWith(LAST_LINE)) {
                line = said.readLine();
                if (line != null) {
                    lines.add(line);
                }
            }
            assertThat(lines.getLast()).as("%s", lines).startsWith(LAST_LINE);
            for (String command : commands(lines)) {
                printed.add(given(script, home, command));
            }
            demo.destroy();
            assertThat(demo.waitFor(END_MINUTES_MAX, TimeUnit.MINUTES)).isTrue();
        } finally {
            demo.destroy();
        }
        return lines;
    }

    private static String given(Script script, Path home, String command)
            throws IOException, InterruptedException {
        try (Stream<Path> receipts = Files.list(home.resolve("receipts"))) {
            String receipt = receipts.findFirst().orElseThrow().getFileName().toString();
            Process process =
                    script.builder(Arrays.asList(command.replace("FILE", receipt).split(" ", -1)))
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("entente %s: %s", command, said).isZero();
            return said;
        }
    }
}
