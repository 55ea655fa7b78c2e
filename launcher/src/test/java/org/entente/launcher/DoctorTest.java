package org.entente.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.launcher.fixture.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/// `doctor` on the machine that runs the tests.
class DoctorTest {
    @TempDir private Path folder;

    @Test
    void each_thing_has_a_line_that_says_how_it_is() throws Exception {
        Terminal.Ended ended = Terminal.run(Main::program, "doctor", "--directory", folder);

        assertThat(ended.out().lines())
                .allMatch(line -> line.matches("(ok|warn|fail) +[a-z].*"))
                .extracting(line -> line.substring(6, 20).strip())
                .containsExactly(
                        "jdk",
                        "cryptography",
                        "disk",
                        "forced writes",
                        "clock",
                        "ports",
                        "openssl",
                        "curl");
        assertThat(ended.out()).contains("ok    jdk");
        assertThat(ended.exit()).isEqualTo(ended.out().contains("fail  ") ? 1 : 0);
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_place_that_cannot_be_written_is_a_failure_with_advice() {
        Terminal.Ended ended =
                Terminal.run(Main::program, "doctor", "--directory", folder.resolve("none"));

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out()).contains("fail  disk", "name a directory of this user");
        assertThat(ended.err())
                .contains("refused: INVALID_VALUE", "1 thing to mend on this machine");
    }

    @Test
    void the_findings_are_one_json_object_when_asked() {
        Terminal.Ended ended =
                Terminal.run(Main::program, "doctor", "--directory", folder, "--json");

        assertThat(ended.out().lines()).hasSize(1);
        assertThat(ended.out()).startsWith("{").contains("\"findings\"", "\"what\":\"clock\"");
    }
}
