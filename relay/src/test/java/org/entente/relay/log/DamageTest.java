package org.entente.relay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Files that are missing, exchanged, repeated, cut or of another log: refused, and named.
final class DamageTest {
    private static final int BLOCK = 4_096;

    @TempDir private Path directory;

    /// Three segments: the first tiny, the others of the usual size.
    @BeforeEach
    void prepare() throws Exception {
        try (Log log = LogFixture.createTiny(directory)) {
            for (int index = 0; index < 7; index++) {
                log.append(LogFixture.draft());
            }
            for (int index = 0; index < 6; index++) {
                log.append(serial -> Optional.of(LogFixture.silent(serial, 1 << 20)));
            }
        }
        assertThat(LogFixture.segment(directory, 2)).exists();
    }

    @Test
    void a_missing_segment_is_named() throws Exception {
        for (int missing = 0; missing < 3; missing++) {
            Path copy = directory.resolve("without-" + missing);
            LogFixture.copy(directory, copy);
            Path file = LogFixture.segment(copy, missing);
            Files.delete(file);
            assertDamaged(copy, file, "missing");
        }
    }

    @Test
    void exchanged_segments_are_named() throws Exception {
        byte[] first = Files.readAllBytes(LogFixture.segment(directory, 1));
        byte[] second = Files.readAllBytes(LogFixture.segment(directory, 2));
        Files.write(LogFixture.segment(directory, 1), second);
        Files.write(LogFixture.segment(directory, 2), first);
        assertDamaged(directory, LogFixture.segment(directory, 1), "segment 2 under another");
    }

    @Test
    void a_segment_of_another_history_is_named() throws Exception {
        Path other = directory.resolve("other");
        try (Log log = LogFixture.createTiny(other)) {
            log.append(_ -> Optional.of(LogFixture.record(100)));
            for (int index = 0; index < 6; index++) {
                log.append(LogFixture.draft());
            }
            log.append(serial -> Optional.of(LogFixture.silent(serial, 1 << 20)));
        }
        byte[] foreign = Files.readAllBytes(LogFixture.segment(other, 1));
        Files.write(LogFixture.segment(directory, 1), foreign);
        assertDamaged(directory, LogFixture.segment(directory, 1), "history");
    }

    @Test
    void a_segment_of_another_log_is_named() {
        Digest other = Digest.of(Bytes.utf8("another log"));
        assertThatThrownBy(() ->
                        Log.open(directory, other, LogSettings.SMALL, Opening.EXISTING, _ -> {}))
                .isInstanceOf(LogDamaged.class)
                .hasMessageContaining("it belongs to log " + LogFixture.ID);
    }

    @Test
    void a_batch_that_comes_twice_is_named() throws Exception {
        Path file = LogFixture.segment(directory, 0);
        byte[] bytes = Files.readAllBytes(file);
        System.arraycopy(bytes, 2 * BLOCK, bytes, 4 * BLOCK, BLOCK);
        Files.write(file, bytes);
        assertDamaged(directory, file, "serial comes twice: 0 stands where 2 is due");
    }

    @Test
    void a_batch_that_is_left_out_is_named() throws Exception {
        Path file = LogFixture.segment(directory, 0);
        byte[] bytes = Files.readAllBytes(file);
        System.arraycopy(bytes, 5 * BLOCK, bytes, 4 * BLOCK, bytes.length - 5 * BLOCK);
        Files.write(file, bytes);
        assertDamaged(directory, file, "serials are missing: 3 stands where 2 is due");
    }

    @Test
    void a_batch_of_zeros_between_others_is_named() throws Exception {
        Path file = LogFixture.segment(directory, 0);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4 * BLOCK, 5 * BLOCK, (byte) 0);
        Files.write(file, bytes);
        assertDamaged(directory, file, "header");
    }

    /// CRCs alone would not see it: the header is whole, but speaks of another tree.
    @Test
    void a_batch_whose_root_is_not_that_of_its_entries_is_named() throws Exception {
        Path file = LogFixture.segment(directory, 0);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        BatchHeader header = BatchHeader.read(bytes, 3 * BLOCK).orElseThrow();
        new BatchHeader(
                        header.kind(),
                        header.bodySizeBytes(),
                        header.recordCount(),
                        header.firstSerial(),
                        header.silentSectors(),
                        Digest.ZERO)
                .write(bytes, 3 * BLOCK);
        Files.write(file, bytes.array());
        assertDamaged(directory, file, "root is not that of its entries");
    }

    @Test
    void a_shortened_file_is_named() throws Exception {
        Path file = LogFixture.segment(directory, 2);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - BLOCK));
        assertDamaged(directory, file, "bytes, not");
        Files.write(file, new byte[0]);
        assertDamaged(directory, file, "header");
    }

    @Test
    void a_segment_that_ends_without_saying_that_the_log_goes_on_is_named() throws Exception {
        Path file = LogFixture.segment(directory, 0);
        byte[] bytes = Files.readAllBytes(file);
        int last = LogFixture.dataEnd(bytes) / BLOCK * BLOCK;
        Arrays.fill(bytes, last, last + BLOCK, (byte) 0);
        Files.write(file, bytes);
        assertDamaged(directory, file, "without saying");
    }

    @Test
    void a_crash_between_the_next_segment_and_the_word_for_it_is_repaired() throws Exception {
        Path copy = directory.resolve("crashed");
        LogFixture.copy(directory, copy);
        Files.delete(LogFixture.segment(copy, 2));
        Path next = LogFixture.segment(copy, 1);
        byte[] bytes = Files.readAllBytes(next);
        Arrays.fill(bytes, BLOCK, bytes.length, (byte) 0);
        Files.write(next, bytes);
        Path file = LogFixture.segment(copy, 0);
        byte[] before = Files.readAllBytes(file);
        int word = LogFixture.dataEnd(before) / BLOCK * BLOCK;
        for (int written : new int[] {0, 30, 66, 72}) {
            byte[] torn = before.clone();
            Arrays.fill(torn, word + written, word + BLOCK, (byte) 0);
            Files.write(file, torn);
            assertThat(LogFixture.recover(copy).recovered().size()).isEqualTo(7);
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }
        try (Log log = LogFixture.reopen(copy)) {
            assertThat(log.append(LogFixture.draft())).hasValue(7);
        }
    }

    private static void assertDamaged(Path directory, Path file, String what) {
        assertThatThrownBy(() -> LogFixture.reopen(directory))
                .isInstanceOfSatisfying(
                        LogDamaged.class, damaged -> assertThat(damaged.file()).isEqualTo(file))
                .hasMessageContaining(what);
    }
}
