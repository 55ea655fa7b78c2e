package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/// The quickstart as a reader follows it, but that one JVM runs its commands. `-Ddocs=write` writes
/// what was seen into the page. With each command a process, and kills between the steps, it is
/// followed by `QuickstartKillTest`.
class QuickstartTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/quickstart.md");

    @Test
    void every_command_prints_what_the_page_shows(@TempDir Path folder) throws Exception {
        try (QuickstartRun run = new QuickstartRun(ROOT, folder, QuickstartRun.Victims.NOBODY)) {
            String seen = run.follow().text();
            if ("write".equals(System.getProperty("docs"))) {
                Files.writeString(PAGE, seen);
            }
            assertThat(seen).isEqualTo(Files.readString(PAGE));
        }
    }
}
