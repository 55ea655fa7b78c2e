package org.entente.relay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// One bit that changed, anywhere: it is named, or it makes no difference.
final class BitFlipTest {
    private static final int BLOCK = 4_096;

    @TempDir private Path directory;
    private Path file = Path.of("");
    private byte[] whole = new byte[0];
    private List<LogRecord> records = List.of();

    @BeforeEach
    void prepare() throws Exception {
        try (Log log = LogFixture.createTiny(directory)) {
            LogFixture.appendTogether(log, 3);
            LogFixture.appendTogether(log, 9);
            records = LogFixture.all(log);
        }
        file = LogFixture.segment(directory, 0);
        whole = Files.readAllBytes(file);
    }

    @Test
    void a_flipped_bit_in_a_closed_log_is_named_or_makes_no_difference() throws Exception {
        int named = 0;
        for (int at = 0; at < LogFixture.dataEnd(whole) + BLOCK; at += whole[at] == 0 ? 61 : 5) {
            named += flip(at, at * 5 % 8, records.size());
        }
        assertThat(named).isGreaterThan(500);
    }

    /// The last batch of a log that crashed is the only one that nothing behind it vouches for.
    @Test
    void a_flipped_bit_in_the_last_batch_of_a_crashed_log_is_named_never_cut() throws Exception {
        int closed = LogFixture.dataEnd(whole) / BLOCK * BLOCK;
        Arrays.fill(whole, closed, closed + BLOCK, (byte) 0);
        int end = LogFixture.dataEnd(whole);
        for (int at = 3 * BLOCK; at < end; at += at < 3 * BLOCK + 80 || at > end - 9 ? 1 : 3) {
            assertThat(flip(at, at % 8, records.size())).as("byte %s", at).isOne();
        }
    }

    @Test
    void random_bits_in_the_whole_file_are_named_or_make_no_difference() throws Exception {
        Random random = new Random(LogFixture.SEED);
        System.out.println("bit flips with -Dseed=" + LogFixture.SEED);
        for (int round = 0; round < 400; round++) {
            flip(random.nextInt(whole.length), random.nextInt(8), records.size());
        }
    }

    @Test
    void damage_names_the_file_the_offset_the_serial_and_what_is_wrong() throws Exception {
        int at = 2 * BLOCK + 64 + 30;
        byte[] flipped = whole.clone();
        flipped[at] ^= 4;
        Files.write(file, flipped);
        assertThatThrownBy(() -> LogFixture.reopen(directory))
                .isInstanceOfSatisfying(
                        LogDamaged.class,
                        damaged -> {
                            assertThat(damaged.file()).isEqualTo(file);
                            assertThat(damaged.offset()).isEqualTo(2 * BLOCK + 64);
                            assertThat(damaged.serial()).isZero();
                            assertThat(damaged)
                                    .hasMessageContaining("CRC32C")
                                    .hasMessageContaining(file.toString());
                        });
        assertThat(Files.readAllBytes(file)).isEqualTo(flipped);
    }

    @Test
    void a_bit_that_flips_while_the_log_is_open_is_named_when_read() throws Exception {
        try (Log log = LogFixture.reopen(directory)) {
            byte[] flipped = Files.readAllBytes(file);
            flipped[2 * BLOCK + 64 + 30] ^= 4;
            Files.write(file, flipped);
            assertThatThrownBy(() -> log.read(0))
                    .isInstanceOf(LogDamaged.class)
                    .hasMessageContaining("serial 0");
            assertThat(log.read(1)).isEqualTo(records.get(1));
        }
    }

    /// Answers 1 when the flip was named, 0 when it made no difference.
    private int flip(int at, int bit, int size) throws Exception {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << bit);
        Files.write(file, flipped);
        try {
            Recovery.Found found = LogFixture.recover(directory);
            assertThat(found.recovered().size()).as("byte %s bit %s", at, bit).isEqualTo(size);
            byte[] after = Files.readAllBytes(file);
            int content = LogFixture.dataEnd(whole);
            assertThat(Arrays.equals(after, 0, content, whole, 0, content))
                    .as("byte %s bit %s", at, bit)
                    .isTrue();
            return 0;
        } catch (LogDamaged named) {
            assertThat(named.file()).isEqualTo(file);
            return 1;
        }
    }
}
