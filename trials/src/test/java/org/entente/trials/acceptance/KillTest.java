package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class KillTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int KILLS = 10;

    @Test
    void whatever_is_killed_every_valid_exchange_is_settled_and_none_applied_twice(
            @TempDir Path folder) throws Exception {
        try (KillRun run = new KillRun(ROOT, folder, 1)) {
            KillRun.Report report = run.run(KILLS);
            System.out.println("trial exchange-kills seed 1: " + report);
            assertThat(report.violations()).isEmpty();
            assertThat(report.applied()).isGreaterThan(KILLS);
        }
    }
}
