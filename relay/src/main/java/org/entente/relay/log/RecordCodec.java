package org.entente.relay.log;

import org.entente.protocol.Bytes;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One record in a file (docs/log.md §3): CRC32C, length, serial, then three parts, each behind its
/// length. The CRC covers everything behind itself.
final class RecordCodec {
    static final int HEAD_SIZE_BYTES = 16;
    static final int SIZE_BYTES_MAX =
            HEAD_SIZE_BYTES
                    + 12
                    + LogRecord.ENTRY_SIZE_BYTES_MAX
                    + LogRecord.CONTENT_SIZE_BYTES_MAX
                    + LogRecord.EVIDENCE_SIZE_BYTES_MAX;

    private static final int LENGTH_AT = 4;
    private static final int SERIAL_AT = 8;

    /// A record as it was read, and how many bytes it took.
    record Read(long serial, LogRecord record, int sizeBytes) {}

    private RecordCodec() {}

    static int sizeBytes(LogRecord record) {
        return HEAD_SIZE_BYTES
                + 12
                + record.entry().size()
                + record.content().size()
                + record.evidence().size();
    }

    /// Writes at the buffer's position, which moves behind the record.
    static void write(ByteBuffer target, long serial, LogRecord record) {
        int start = target.position();
        int size = sizeBytes(record);
        target.putInt(0).putInt(size - HEAD_SIZE_BYTES).putLong(serial);
        part(target, record.entry());
        part(target, record.content());
        part(target, record.evidence());
        target.putInt(start, crc(target, start, size));
    }

    /// The length that a record's head claims, when it can be one.
    static Optional<Integer> sizeBytes(ByteBuffer source, int start) {
        int length = source.getInt(start + LENGTH_AT);
        return length < 0 || length > SIZE_BYTES_MAX - HEAD_SIZE_BYTES
                ? Optional.empty()
                : Optional.of(HEAD_SIZE_BYTES + length);
    }

    static long serial(ByteBuffer source, int start) {
        return source.getLong(start + SERIAL_AT);
    }

    /// Reads the record at `start`, or nothing when it does not end before the buffer's limit or
    /// its CRC is wrong.
    static Optional<Read> read(ByteBuffer source, int start) {
        if (source.limit() - start < HEAD_SIZE_BYTES) {
            return Optional.empty();
        }
        return sizeBytes(source, start)
                .filter(size -> size <= source.limit() - start)
                .filter(size -> crc(source, start, size) == source.getInt(start))
                .flatMap(size -> parts(source, start, size));
    }

    private static Optional<Read> parts(ByteBuffer source, int start, int size) {
        ByteBuffer payload = source.slice(start + HEAD_SIZE_BYTES, size - HEAD_SIZE_BYTES);
        Optional<Bytes> entry = part(payload);
        Optional<Bytes> content = part(payload);
        Optional<Bytes> evidence = part(payload);
        if (evidence.isEmpty() || payload.hasRemaining()) {
            return Optional.empty();
        }
        LogRecord record =
                new LogRecord(entry.orElseThrow(), content.orElseThrow(), evidence.orElseThrow());
        return Optional.of(new Read(serial(source, start), record, size));
    }

    private static void part(ByteBuffer target, Bytes part) {
        target.putInt(part.size()).put(part.asBuffer());
    }

    private static Optional<Bytes> part(ByteBuffer payload) {
        if (payload.remaining() < 4) {
            payload.position(payload.limit());
            return Optional.empty();
        }
        int size = payload.getInt();
        if (size < 0 || size > payload.remaining()) {
            payload.position(payload.limit());
            return Optional.empty();
        }
        byte[] part = new byte[size];
        payload.get(part);
        return Optional.of(Bytes.copyOf(part));
    }

    private static int crc(ByteBuffer source, int start, int size) {
        CRC32C crc = new CRC32C();
        crc.update(source.slice(start + LENGTH_AT, size - LENGTH_AT));
        return (int) crc.getValue();
    }
}
