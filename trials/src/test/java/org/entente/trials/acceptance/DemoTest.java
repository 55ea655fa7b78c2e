package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.launcher.app.demo.Script;
import org.entente.protocol.Bytes;
import org.entente.runtime.json.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

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

/// The demo as a person plays it once, and keeps it running: every outcome, its screen, the
/// commands that it names, its end, and that the next start goes on with what is there.
@Tag("processes")
class DemoTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String LAST_LINE = "Ctrl-C ends all of it";
    private static final String COMMAND = "  entente ";
    private static final String PRESS = "88.118.2023/press-7";
    private static final int END_MINUTES_MAX = 2;

    @TempDir private Path folder;

    @Test
    void the_commands_of_its_screen_work_and_what_was_exchanged_survives_its_end()
            throws Exception {
        Path home = folder.resolve("demo");
        List<String> first = screen(home);
        List<String> before = shown(first);
        assertSigned(before);
        assertThat(before.get(3)).contains("press-7/temperature");
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
        assertSigned(after);
        assertThat(after.get(3)).contains("press-7/temperature");
    }

    @Test
    void every_scene_ends_as_the_page_says_and_then_it_goes_on() throws Exception {
        Path home = folder.resolve("demo");
        Ended once = ended(List.of("demo", "--once", "--json", "--directory", home.toString()));
        assertThat(once.status()).as(once.said()).isZero();
        JsonNode told = Json.read(Bytes.utf8(once.out()), once.out().length()).orThrow();
        assertThat(told.path("surprises").isEmpty()).isTrue();
        assertThat(told.path("exchanges").asInt()).isEqualTo(20);
        assertThat(told.path("rejected").propertyNames())
                .contains(
                        "CERTIFICATE_REVOKED",
                        "DISAGREEMENT",
                        "RANGE_CLOSED",
                        "RESOURCE_OUTSIDE",
                        "STALE_READ",
                        "UNSIGNED");
        assertReceiptsVerify(home);

        assertSigned(shown(screen(home)));

        Files.move(home.resolve("alpha-press-7"), home.resolve("away"));
        Ended keyless = ended(List.of("demo", "--directory", home.toString()));
        assertThat(keyless.status()).isNotZero();
        assertThat(keyless.said()).contains("never founded whole");
    }

    /// The series is the press', which the chain believes by one certificate.
    private static void assertSigned(List<String> shown) {
        assertThat(shown.get(0)).contains("0 missing, signed by " + PRESS + "\n");
        assertThat(shown.get(2)).contains(PRESS + "  ACTIVE  Hydraulic press  1 certificates  ");
    }

    /// Of an exchange and of an attempt that was rejected; a changed one does not.
    private void assertReceiptsVerify(Path home) throws IOException, InterruptedException {
        String alliance = Files.readString(home.resolve("alliance")).strip();
        List<Path> receipts;
        try (Stream<Path> files = Files.list(home.resolve("receipts"))) {
            receipts = files.sorted().toList();
        }
        for (Path each : List.of(receipts.getFirst(), receipts.getLast())) {
            Ended sound = ended(List.of("verify", each.toString(), "--alliance", alliance));
            assertThat(sound.status()).as(sound.said()).isZero();
        }
        StringBuilder text = new StringBuilder(Files.readString(receipts.getLast()));
        int middle = text.length() / 4;
        text.setCharAt(middle, text.charAt(middle) == 'A' ? 'B' : 'A');
        Path changed = Files.writeString(folder.resolve("changed.json"), text);
        Ended forged = ended(List.of("verify", changed.toString(), "--alliance", alliance));
        assertThat(forged.status()).as(forged.said()).isNotZero();
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

    private Script script() {
        return new Script(ROOT.resolve("entente"), folder);
    }

    /// Starts the demo, reads its screen, gives the commands that it names, and ends it.
    private List<String> screen(Path home) throws IOException, InterruptedException {
        Process demo =
                script().builder(List.of("demo", "--directory", home.toString()))
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
                printed.add(given(home, command));
            }
            demo.destroy();
            assertThat(demo.waitFor(END_MINUTES_MAX, TimeUnit.MINUTES)).isTrue();
        } finally {
            demo.destroy();
        }
        return lines;
    }

    private String given(Path home, String command) throws IOException, InterruptedException {
        try (Stream<Path> receipts = Files.list(home.resolve("receipts"))) {
            String receipt = receipts.findFirst().orElseThrow().getFileName().toString();
            Ended ended = ended(Arrays.asList(command.replace("FILE", receipt).split(" ", -1)));
            assertThat(ended.status()).as("entente %s: %s", command, ended.said()).isZero();
            return ended.out();
        }
    }

    /// A command that has ended.
    private record Ended(int status, String out, String err) {
        String said() {
            return out + err;
        }
    }

    private Ended ended(List<String> line) throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        Process process = script().builder(line).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(err));
    }
}
