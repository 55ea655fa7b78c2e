package org.entente.relay.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.runtime.Clock;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/// A second process over the directory of a running relay, and no relay where one is asked for.
final class RunningTwiceTest {
    @TempDir private Path directory;

    @Test
    void a_check_and_a_second_start_say_that_the_relay_is_running() throws Exception {
        try (RunningRelay running = RunningRelay.start(directory)) {
            Relay second = relay(running.directory());
            assertThatThrownBy(second::check)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("is running")
                    .hasMessageContaining("stop it first");
            Shutdown shutdown = new Shutdown(Duration.ofSeconds(10));
            assertThatThrownBy(() -> second.serve(shutdown))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("is running");
            shutdown.stop();
        }
        relay(directory).check();
    }

    @Test
    void a_missing_relay_is_no_fresh_start_and_one_that_is_there_is_not_made_anew()
            throws Exception {
        assertThatThrownBy(() -> relay(directory).check())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("--init");
        relay(directory).init();
        assertThatThrownBy(() -> relay(directory).init())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("without --init");
    }

    private static Relay relay(Path directory) {
        return new Relay(RunningRelay.configuration(directory), Clock.system());
    }
}
