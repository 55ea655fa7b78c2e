package org.entente.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// The end of a process is in order, and ends.
@Timeout(30)
final class ShutdownTest {
    private final List<String> closed = new CopyOnWriteArrayList<>();

    @Test
    void what_was_started_last_is_closed_first() {
        Shutdown shutdown = new Shutdown(Duration.ofSeconds(10));
        shutdown.closing("log", _ -> closed.add("log"));
        shutdown.closing("http", _ -> closed.add("http"));
        assertThat(shutdown.stop()).isEqualTo(ExitCode.OK);
        assertThat(shutdown.stop()).isEqualTo(ExitCode.OK);
        assertThat(closed).containsExactly("http", "log");
        assertThatThrownBy(() -> shutdown.closing("late", _ -> closed.add("late")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_closing_that_fails_does_not_keep_the_others_from_closing() {
        Shutdown shutdown = new Shutdown(Duration.ofSeconds(10));
        shutdown.closing("log", _ -> closed.add("log"));
        shutdown.closing(
                "http",
                _ -> {
                    throw new IllegalStateException("broken");
                });
        assertThat(shutdown.stop()).isEqualTo(ExitCode.FAILED);
        assertThat(closed).containsExactly("log");
    }

    @Test
    void a_closing_that_hangs_is_left_behind() {
        CountDownLatch never = new CountDownLatch(1);
        Shutdown shutdown = new Shutdown(Duration.ofMillis(200));
        shutdown.closing("log", _ -> closed.add("log"));
        shutdown.closing("http", _ -> never.await());
        assertThat(shutdown.stop()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void a_failure_stops_the_process() {
        Shutdown shutdown = new Shutdown(Duration.ofSeconds(10));
        shutdown.closing("log", _ -> closed.add("log"));
        shutdown.fail("the log cannot be written", new IllegalStateException("disk"));
        assertThat(shutdown.awaitStopped()).isEqualTo(ExitCode.BROKE);
        assertThat(closed).containsExactly("log");
        assertThat(shutdown.failure()).hasValueSatisfying(why -> assertThat(why).contains("disk"));
    }

    @Test
    void what_does_not_close_hides_no_failure() {
        Shutdown shutdown = new Shutdown(Duration.ofSeconds(10));
        shutdown.closing(
                "log",
                _ -> {
                    throw new IllegalStateException("closed twice");
                });
        shutdown.fail("the log cannot be written", new IllegalStateException("disk"));
        assertThat(shutdown.awaitStopped()).isEqualTo(ExitCode.BROKE);
    }
}
