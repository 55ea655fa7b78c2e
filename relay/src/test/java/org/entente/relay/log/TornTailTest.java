package org.entente.relay.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.relay.log.Recovered.Closing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/// A crash in the middle of a write: what was acknowledged stays, what was not is cut and said.
final class TornTailTest {
    private static final int BLOCK = 4_096;
    private static final int SECTOR = 512;
    private static final int ACKNOWLEDGED = 3;

    @TempDir private Path directory;
    private Path file = Path.of("");
    private byte[] whole = new byte[0];
    private int start;
    private int end;

    /// Three records acknowledged, then one batch of nine of which one is a run of zeros; the last
    /// mark of a closed log is taken away again.
    @BeforeEach
    void prepare() throws Exception {
        try (Log log = LogFixture.createTiny(directory)) {
            LogFixture.appendTogether(log, ACKNOWLEDGED);
            LogFixture.appendTogether(
                    log,
                    9,
                    serial ->
                            Optional.of(
                                    serial == 6
                                            ? LogFixture.silent(serial, 1_500)
                                            : LogFixture.record(serial)));
        }
        file = LogFixture.segment(directory, 0);
        whole = Files.readAllBytes(file);
        int closed = LogFixture.dataEnd(whole) / BLOCK * BLOCK;
        Arrays.fill(whole, closed, closed + BLOCK, (byte) 0);
        end = LogFixture.dataEnd(whole);
        start = 3 * BLOCK;
    }

    @Test
    void a_write_that_ended_at_any_byte_is_cut_and_nothing_acknowledged_is_lost() throws Exception {
        for (int cut = start; cut < end; cut += step(cut)) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, cut, end, (byte) 0);
            assertCut(torn, LogFixture.dataEnd(torn) > start);
        }
    }

    @Test
    void a_write_of_which_any_sectors_are_missing_is_cut() throws Exception {
        Random random = new Random(LogFixture.SEED);
        int sectors = (end - start + SECTOR - 1) / SECTOR;
        for (int round = 0; round < 60; round++) {
            byte[] torn = whole.clone();
            for (int sector = 0; sector < sectors; sector++) {
                if (random.nextBoolean()) {
                    int at = start + sector * SECTOR;
                    Arrays.fill(torn, at, at + SECTOR, (byte) 0);
                }
            }
            if (Arrays.equals(torn, whole)) {
                assertWhole(torn);
            } else {
                assertCut(torn, LogFixture.dataEnd(torn) > start);
            }
        }
    }

    @Test
    void a_batch_that_was_written_whole_but_never_acknowledged_is_kept() throws Exception {
        assertWhole(whole);
    }

    @Test
    void a_cut_names_the_file_the_place_and_the_serial() throws Exception {
        byte[] torn = whole.clone();
        Arrays.fill(torn, start + 700, end, (byte) 0);
        Files.write(file, torn);
        try (Log log = LogFixture.reopen(directory)) {
            Recovered.Cut cut = log.recovered().cut().orElseThrow();
            assertThat(cut.file()).isEqualTo(file.toString());
            assertThat(cut.offset()).isEqualTo(start);
            assertThat(cut.sizeBytes()).isEqualTo(LogFixture.dataEnd(torn) - start);
            assertThat(cut.firstSerial()).isEqualTo(ACKNOWLEDGED);
            assertThat(cut.why()).contains("never written");
            log.append(LogFixture.draft());
        }
        try (Log log = LogFixture.reopen(directory)) {
            assertThat(log.size()).isEqualTo(ACKNOWLEDGED + 1);
            assertThat(log.recovered().closed()).isEqualTo(Closing.IN_GOOD_ORDER);
        }
    }

    private void assertCut(byte[] torn, boolean reported) throws Exception {
        Files.write(file, torn);
        Recovery.Found found = LogFixture.recover(directory);
        assertThat(found.recovered().size()).isEqualTo(ACKNOWLEDGED);
        assertThat(found.recovered().cut().isPresent()).isEqualTo(reported);
        assertThat(found.position()).isEqualTo(start);
        byte[] after = Files.readAllBytes(file);
        assertThat(LogFixture.dataEnd(after)).isLessThanOrEqualTo(start);
        assertThat(Arrays.equals(after, 0, start, whole, 0, start)).isTrue();
    }

    private void assertWhole(byte[] bytes) throws Exception {
        Files.write(file, bytes);
        Recovered recovered = LogFixture.recover(directory).recovered();
        assertThat(recovered.size()).isEqualTo(ACKNOWLEDGED + 9);
        assertThat(recovered.cut()).isEmpty();
    }

    /// Every byte of the header and of the end, some between.
    private int step(int cut) {
        boolean close = cut < start + 80 || cut > end - 16;
        return close ? 1 : 7;
    }
}
