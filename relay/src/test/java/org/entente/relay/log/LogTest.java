package org.entente.relay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.merkle.Frontier;
import org.entente.protocol.merkle.TreeHash;
import org.entente.relay.log.Recovered.Closing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

final class LogTest {
    @TempDir private Path directory;

    @Test
    void what_was_appended_is_read_again_after_reopening() throws Exception {
        List<LogRecord> written = new ArrayList<>();
        try (Log log = LogFixture.create(directory)) {
            for (long serial = 0; serial < 20; serial++) {
                assertThat(log.append(LogFixture.draft())).isEqualTo(OptionalLong.of(serial));
                written.add(LogFixture.record(serial));
                assertThat(log.read(serial)).isEqualTo(LogFixture.record(serial));
            }
            LogFixture.appendTogether(log, 30);
            assertThat(log.size()).isEqualTo(50);
            assertThat(log.recovered().closed()).isEqualTo(Closing.NEW);
        }
        try (Log log = LogFixture.reopen(directory)) {
            assertThat(log.recovered())
                    .isEqualTo(new Recovered(50, 1, Closing.IN_GOOD_ORDER, Optional.empty()));
            assertThat(LogFixture.all(log).subList(0, 20)).isEqualTo(written);
            assertThat(log.stream(45, 50).toList()).hasSize(5);
            assertThat(log.append(LogFixture.draft())).isEqualTo(OptionalLong.of(50));
        }
    }

    @Test
    void the_tree_s_leaves_are_the_entries() throws Exception {
        try (Log log = LogFixture.create(directory)) {
            assertThat(log.tree().root()).isEqualTo(TreeHash.EMPTY_ROOT);
            LogFixture.appendTogether(log, 37);
        }
        try (Log log = LogFixture.reopen(directory)) {
            Frontier frontier = Frontier.EMPTY;
            for (long serial = 0; serial < 37; serial++) {
                assertThat(log.tree(serial).frontier()).isEqualTo(frontier);
                frontier = frontier.append(TreeHash.leaf(LogFixture.record(serial).entry()));
                assertThat(
                                log.tree()
                                        .inclusion(serial)
                                        .verify(log.leafHash(serial), log.tree().root())
                                        .isAccepted())
                        .isTrue();
                assertThat(
                                log.tree()
                                        .consistency(serial)
                                        .verify(log.tree(serial).root(), log.tree().root())
                                        .isAccepted())
                        .isTrue();
            }
            assertThat(log.tree().root()).isEqualTo(frontier.root());
        }
    }

    @Test
    void a_draft_that_wants_nothing_or_throws_uses_no_serial() throws Exception {
        try (Log log = LogFixture.create(directory)) {
            assertThat(log.append(_ -> Optional.empty())).isEmpty();
            assertThatThrownBy(() ->
                            log.append(serial -> {
                                throw new IllegalStateException("no " + serial);
                            }))
                    .hasMessage("no 0");
            assertThat(log.append(LogFixture.draft())).hasValue(0);
        }
    }

    @Test
    void a_missing_log_is_an_error_and_so_is_one_in_the_way_of_a_new_one() throws Exception {
        assertThatThrownBy(() -> LogFixture.reopen(directory.resolve("none")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("--init");
        assertThat(directory.resolve("none")).doesNotExist();
        LogFixture.create(directory).close();
        assertThatThrownBy(() -> LogFixture.create(directory))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void a_first_start_that_crashed_early_can_be_repeated() throws Exception {
        Files.write(directory.resolve("spare.zeros"), new byte[] {1, 2, 3});
        try (Log log = LogFixture.create(directory)) {
            assertThat(log.append(LogFixture.draft())).hasValue(0);
        }
    }

    @Test
    void a_directory_has_one_writer() throws Exception {
        try (Log _ = LogFixture.create(directory)) {
            assertThatThrownBy(() -> LogFixture.reopen(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
        LogFixture.reopen(directory).close();
    }

    @Test
    void more_drafts_than_may_wait_are_refused_and_the_others_are_appended() throws Exception {
        LogSettings settings = new LogSettings(LogSettings.SEGMENT_SIZE_BYTES_MIN, 3);
        List<Pending> taken = new ArrayList<>();
        try (Log log = Log.open(directory, LogFixture.ID, settings, Opening.CREATE, _ -> {})) {
            try (Gate _ = Gate.closed(log)) {
                for (int index = 0; index < 3; index++) {
                    taken.add(log.submit(LogFixture.draft()));
                }
                assertThatThrownBy(() -> log.submit(LogFixture.draft()))
                        .isInstanceOfSatisfying(
                                LogUnavailable.class,
                                e -> assertThat(e.fault()).isEqualTo(Fault.OVERLOADED));
            }
            for (int index = 0; index < 3; index++) {
                assertThat(taken.get(index).await()).hasValue(index);
            }
        }
    }

    @Test
    void a_closed_log_takes_nothing() throws Exception {
        Log log = LogFixture.create(directory);
        log.close();
        assertThatThrownBy(() -> log.append(LogFixture.draft()))
                .isInstanceOfSatisfying(
                        LogUnavailable.class, e -> assertThat(e.fault()).isEqualTo(Fault.STOPPING));
    }

    @Test
    void the_log_goes_on_in_further_segments() throws Exception {
        Draft large =
                serial -> Optional.of(LogFixture.silent(serial, LogRecord.CONTENT_SIZE_BYTES_MAX));
        try (Log log = LogFixture.create(directory)) {
            for (int round = 0; round < 5; round++) {
                LogFixture.appendTogether(log, 2, large);
                log.append(LogFixture.draft());
            }
        }
        assertThat(LogFixture.segment(directory, 2)).exists();
        try (Log log = LogFixture.reopen(directory)) {
            assertThat(log.size()).isEqualTo(15);
            assertThat(log.recovered().segments()).isGreaterThan(2);
            for (long serial = 0; serial < 15; serial++) {
                assertThat(log.read(serial))
                        .isEqualTo(
                                serial % 3 == 2
                                        ? LogFixture.record(serial)
                                        : large.at(serial).orElseThrow());
            }
        }
    }

    @Test
    void a_record_has_limits() {
        assertThatThrownBy(() -> new LogRecord(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY))
                .hasMessageContaining("1 to 65535");
        Bytes large = Bytes.copyOf(new byte[LogRecord.CONTENT_SIZE_BYTES_MAX + 1]);
        assertThatThrownBy(() -> new LogRecord(Bytes.utf8("e"), large, Bytes.EMPTY))
                .hasMessageContaining("content");
        assertThatThrownBy(() -> new LogSettings(4_096, 1)).hasMessageContaining("multiple of");
    }

    @Test
    void nothing_is_read_that_is_not_forced() throws Exception {
        try (Log log = LogFixture.create(directory)) {
            log.append(LogFixture.draft());
            assertThatThrownBy(() -> log.read(1)).hasMessageContaining("1 forced");
            assertThatThrownBy(() -> log.read(-1)).hasMessageContaining("1 forced");
            assertThatThrownBy(() -> log.tree(2)).hasMessageContaining("1 forced");
        }
    }
}
