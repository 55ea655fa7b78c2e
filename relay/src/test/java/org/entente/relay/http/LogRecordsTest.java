package org.entente.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.relay.log.Log;
import org.entente.relay.log.LogRecord;
import org.entente.relay.log.LogSettings;
import org.entente.relay.log.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/// Answers with records, of a log that is larger than one answer.
final class LogRecordsTest {
    private static final int RECORD_SIZE_BYTES = 512 * 1024;
    private static final int COUNT = 40;

    @TempDir private Path directory;

    @Test
    void an_answer_ends_by_its_bytes_and_the_next_one_goes_on_there() throws Exception {
        try (Log log =
                Log.open(directory, Digest.ZERO, LogSettings.SMALL, Opening.CREATE, _ -> {})) {
            for (int index = 0; index < COUNT; index++) {
                LogRecord record = record(index);
                log.append(_ -> Optional.of(record));
            }
            int answers = 0;
            int next = 0;
            while (next < COUNT) {
                Bytes answer = answer(log, next);
                assertThat(answer.size())
                        .isLessThan(LogRoutes.RECORDS_SIZE_BYTES_MAX + 2 * RECORD_SIZE_BYTES);
                next = read(answer, next);
                answers++;
            }
            assertThat(answers).isEqualTo(3);
            assertThat(answer(log, COUNT).isEmpty()).isTrue();
        }
    }

    private static Bytes answer(Log log, long from) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        LogRoutes.write(log, from, body);
        return Bytes.copyOf(body.toByteArray());
    }

    /// Which record comes after those of an answer.
    private static int read(Bytes answer, int first) {
        ByteBuffer rest = answer.asBuffer();
        int serial = first;
        while (rest.hasRemaining()) {
            LogRecord record = record(serial);
            for (Bytes part : new Bytes[] {record.entry(), record.content(), record.evidence()}) {
                byte[] found = new byte[rest.getInt()];
                rest.get(found);
                assertThat(Bytes.copyOf(found)).isEqualTo(part);
            }
            serial++;
        }
        return serial;
    }

    private static LogRecord record(int index) {
        return new LogRecord(
                Bytes.utf8("entry " + index),
                Bytes.copyOf(new byte[RECORD_SIZE_BYTES]),
                Bytes.utf8("approvals " + index));
    }
}
