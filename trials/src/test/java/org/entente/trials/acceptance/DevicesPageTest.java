package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/// The page about devices as a reader follows it: four nodes of an industrial chain and an
/// organisation's agent. `-Ddocs=write` writes what was seen into the page.
@Tag("processes")
class DevicesPageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/chains/industrial-devices.md");

    @Test
    void every_command_prints_what_the_page_shows(@TempDir Path folder) throws Exception {
        try (Transcript transcript = new Transcript(ROOT, folder, Transcript.Commands.BY_A_CLERK)) {
            String seen = transcript.run(Page.parse(Files.readString(PAGE)), _ -> {}).text();
            if ("write".equals(System.getProperty("docs"))) {
                Files.writeString(PAGE, seen);
            }
            assertThat(seen).isEqualTo(Files.readString(PAGE));
        }
    }
}
