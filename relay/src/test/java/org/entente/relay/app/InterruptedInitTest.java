package org.entente.relay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.runtime.Clock;
import org.entente.runtime.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `--init` after one that a crash ended, at each place where that can be.
final class InterruptedInitTest {
    /// What is made, in this order.
    private static final List<String> MADE =
            List.of(
                    "password",
                    "relay.p12",
                    "logs/alliances",
                    "logs/registry/lock",
                    "logs/registry/00000000.segment",
                    "relay.pem");

    @TempDir private Path directory;

    @Test
    void it_goes_on_where_the_crash_came_and_keeps_what_is_there() throws Exception {
        relay(directory.resolve("whole")).init();
        for (int count = 0; count < MADE.size(); count++) {
            Path crashed = directory.resolve("after-" + count);
            copy(crashed, count);
            relay(crashed).init();
            relay(crashed).check();
            assertThat(MADE).allSatisfy(name -> assertThat(crashed.resolve(name)).exists());
            for (String name : MADE.subList(0, Math.min(count, 2))) {
                assertThat(crashed.resolve(name))
                        .hasSameBinaryContentAs(directory.resolve("whole").resolve(name));
            }
            assertThatThrownBy(() -> relay(crashed).init()).isInstanceOf(StartRefused.class);
        }
    }

    @Test
    void an_interrupted_init_is_no_relay() throws Exception {
        relay(directory.resolve("whole")).init();
        Path crashed = directory.resolve("crashed");
        copy(crashed, 4);
        assertThatThrownBy(() -> relay(crashed).check())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("--init");
    }

    @Test
    void lost_logs_are_not_made_anew_under_the_same_key() throws Exception {
        relay(directory).init();
        Files.delete(directory.resolve("logs/registry/00000000.segment"));
        assertThatThrownBy(() -> relay(directory).init())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("logs are lost")
                .hasMessageContaining("restore");
        assertThat(directory.resolve("logs/registry/00000000.segment")).doesNotExist();
    }

    private void copy(Path to, int count) throws IOException {
        Path whole = directory.resolve("whole");
        Files.createDirectory(to);
        for (String name : MADE.subList(0, count)) {
            Files.createDirectories(to.resolve(name).getParent());
            Files.copy(whole.resolve(name), to.resolve(name));
        }
    }

    private static Relay relay(Path directory) {
        return new Relay(RunningRelay.configuration(directory), Clock.system());
    }
}
