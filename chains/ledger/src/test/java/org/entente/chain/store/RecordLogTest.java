package org.entente.chain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A log of records has what was appended, and nothing that is not whole.
final class RecordLogTest {
    private static final long MAGIC = 7;
    private static final Digest GENESIS = Digest.of(Bytes.utf8("genesis"));
    private static final int SIZE_MAX = 64;

    @TempDir Path directory;

    private Path file() {
        return directory.resolve("records.log");
    }

    private RecordLog open(Digest genesis) throws IOException {
        return RecordLog.open(file(), MAGIC, genesis, SIZE_MAX);
    }

    private static Bytes record(int number) {
        return Bytes.utf8("record " + number);
    }

    private List<Bytes> found() throws IOException {
        try (RecordLog log = open(GENESIS)) {
            List<Bytes> found = new ArrayList<>();
            for (int number = 0; number < log.count(); number++) {
                found.add(log.at(number));
            }
            return found;
        }
    }

    private long written(int count) throws IOException {
        try (RecordLog log = open(GENESIS)) {
            for (int number = 0; number < count; number++) {
                log.append(record(number));
            }
        }
        return Files.size(file());
    }

    private void overwrite(long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'x'}), offset);
        }
    }

    @Test
    void what_was_appended_is_there_at_the_next_start() throws IOException {
        written(3);
        assertThat(found()).containsExactly(record(0), record(1), record(2));
        try (RecordLog log = open(GENESIS)) {
            log.append(record(3));
            assertThat(log.at(3)).isEqualTo(record(3));
        }
        assertThat(found()).hasSize(4);
    }

    @Test
    void a_torn_end_is_cut_wherever_it_is_torn_and_the_next_record_takes_its_place()
            throws IOException {
        long two = written(2);
        Files.delete(file());
        long whole = written(3);
        byte[] bytes = Files.readAllBytes(file());
        for (long end = two; end < whole; end++) {
            Files.write(file(), Bytes.copyOf(bytes, 0, (int) end).toArray());
            assertThat(found()).as("cut at " + end).containsExactly(record(0), record(1));
            assertThat(Files.size(file())).isEqualTo(two);
        }
        try (RecordLog log = open(GENESIS)) {
            log.append(record(9));
        }
        assertThat(found()).containsExactly(record(0), record(1), record(9));
    }

    @Test
    void behind_a_damaged_record_nothing_is_believed() throws IOException {
        long one = written(1);
        Files.delete(file());
        written(3);
        overwrite(one + 9);
        assertThat(found()).containsExactly(record(0));
    }

    @Test
    void damage_under_a_reader_is_named() throws IOException {
        try (RecordLog log = open(GENESIS)) {
            log.append(record(0));
            overwrite(Files.size(file()) - 1);
            assertThatThrownBy(() -> log.at(0))
                    .isInstanceOf(StoreDamaged.class)
                    .hasMessageContaining("records.log");
        }
    }

    @Test
    void the_log_of_another_chain_and_no_log_at_all_are_begun_anew() throws IOException {
        written(2);
        try (RecordLog log = open(Digest.ZERO)) {
            assertThat(log.count()).isZero();
        }
        Files.write(file(), new byte[] {1, 2, 3});
        assertThat(found()).isEmpty();
    }
}
