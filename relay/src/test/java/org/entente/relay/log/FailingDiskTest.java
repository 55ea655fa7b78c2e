package org.entente.relay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// A disk that fails: nothing is acknowledged, and nothing more is taken.
final class FailingDiskTest {
    private static final LogRecord LARGE = LogFixture.silent(0, 1_000_000);

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

    /// A disk that is full whenever the next segment is to be made, until there is room again.
    private static final class Crowded implements Disk {
        final AtomicBoolean isFull = new AtomicBoolean(true);
        final CountDownLatch refused = new CountDownLatch(1);

        @Override
        public FileChannel open(Path file, OpenOption... options) throws IOException {
            if (file.endsWith("spare.zeros") && isFull.get()) {
                refused.countDown();
                throw new IOException("no space left on device");
            }
            return FileChannel.open(file, options);
        }
    }

    @Test
    void a_segment_that_could_not_be_made_ahead_is_made_when_it_is_needed() throws Exception {
        Crowded disk = new Crowded();
        LogFixture.create(directory).close();
        int count = 6;
        try (Log log = reopened(disk)) {
            for (int serial = 0; serial < count; serial++) {
                log.append(_ -> Optional.of(LARGE));
                if (serial == 1) {
                    assertThat(disk.refused.await(20, TimeUnit.SECONDS)).isTrue();
                    disk.isFull.set(false);
                }
            }
            assertThat(log.size()).isEqualTo(count);
        }
        assertThat(LogFixture.segment(directory, 1)).exists();
    }

    @Test
    void a_full_disk_does_not_keep_a_log_from_being_closed_in_good_order() throws Exception {
        Crowded disk = new Crowded();
        LogFixture.create(directory).close();
        try (Log log = reopened(disk)) {
            log.append(_ -> Optional.of(LARGE));
            log.append(_ -> Optional.of(LARGE));
            assertThat(disk.refused.await(20, TimeUnit.SECONDS)).isTrue();
        }
        try (Log again = LogFixture.reopen(directory)) {
            assertThat(again.recovered().closed()).isEqualTo(Recovered.Closing.IN_GOOD_ORDER);
        }
    }

    @Test
    void half_a_spare_does_not_keep_the_last_room_of_a_full_disk() throws Exception {
        fails.set(FailingChannel.Fails.WRITE);
        assertThatThrownBy(() ->
                        Log.open(
                                directory,
                                LogFixture.ID,
                                LogSettings.SMALL,
                                Opening.CREATE,
                                _ -> {},
                                (file, options) ->
                                        new FailingChannel(FileChannel.open(file, options), fails)))
                .hasMessage("the disk failed");
        assertThat(directory.resolve("spare.zeros")).doesNotExist();
    }

    private Log reopened(Disk disk) throws IOException {
        return Log.open(
                directory,
                LogFixture.ID,
                LogSettings.SMALL,
                Opening.EXISTING,
                failure -> {
                    throw new AssertionError("the log failed", failure);
                },
                disk);
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
