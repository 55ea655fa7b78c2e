package org.entente.relay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/// A disk that fails: nothing is acknowledged, and nothing more is taken.
final class FailingDiskTest {
    @TempDir private Path directory;

    private final AtomicReference<FailingChannel.Fails> fails =
            new AtomicReference<>(FailingChannel.Fails.NEVER);

    @Test
    void a_failed_force_acknowledges_nothing_and_poisons_the_log() throws Exception {
        assertPoisoned(FailingChannel.Fails.FORCE);
    }

    @Test
    void a_failed_write_acknowledges_nothing_and_poisons_the_log() throws Exception {
        assertPoisoned(FailingChannel.Fails.WRITE);
    }

    /// The tail of the failed batch may be on disk or not; both are a log that opens.
    private void assertPoisoned(FailingChannel.Fails how) throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        LogFixture.create(directory).close();
        Log log =
                Log.open(
                        directory,
                        LogFixture.ID,
                        LogSettings.SMALL,
                        Opening.EXISTING,
                        told::complete,
                        (file, options) ->
                                new FailingChannel(FileChannel.open(file, options), fails));
        log.append(LogFixture.draft());
        List<Pending> lost = new ArrayList<>();
        try (Gate _ = Gate.closed(log)) {
            fails.set(how);
            for (int index = 0; index < 5; index++) {
                lost.add(log.submit(LogFixture.draft()));
            }
        }
        for (Pending each : lost) {
            assertThatThrownBy(each::await)
                    .isInstanceOfSatisfying(
                            LogUnavailable.class,
                            e -> assertThat(e.fault()).isEqualTo(Fault.INTERNAL))
                    .hasMessageContaining("unknown")
                    .hasRootCauseMessage("the disk failed");
        }
        assertThat(told.get()).isInstanceOf(IOException.class);
        fails.set(FailingChannel.Fails.NEVER);
        assertThatThrownBy(() -> log.append(LogFixture.draft()))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("takes nothing more");
        assertThat(log.size()).isOne();
        log.close();
        try (Log again = LogFixture.reopen(directory)) {
            assertThat(again.read(0)).isEqualTo(LogFixture.record(0));
            assertThat(again.size()).isBetween(1L, 6L);
        }
    }
}
