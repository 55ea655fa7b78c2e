package org.entente.relay.log;

import org.entente.protocol.Digest;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Where the committer puts together the bytes of one batch; reused for the next.
final class BatchBuffer {
    private static final int SIZE_BYTES_FIRST = 1 << 16;
    private static final byte[] ZEROS = new byte[BatchHeader.BLOCK_SIZE_BYTES];

    private ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE_BYTES_FIRST);
    private long firstSerial;
    private int recordCount;
    private int[] offsets = new int[256];

    BatchBuffer() {
        begin(0);
    }

    void begin(long serial) {
        firstSerial = serial;
        recordCount = 0;
        buffer.clear().position(BatchHeader.SIZE_BYTES);
    }

    void add(LogRecord record) {
        room(RecordCodec.sizeBytes(record));
        if (recordCount == offsets.length) {
            offsets = Arrays.copyOf(offsets, recordCount * 2);
        }
        offsets[recordCount] = buffer.position();
        RecordCodec.write(buffer, firstSerial + recordCount, record);
        recordCount++;
    }

    int recordCount() {
        return recordCount;
    }

    long nextSerial() {
        return firstSerial + recordCount;
    }

    boolean isFull() {
        return buffer.position() - BatchHeader.SIZE_BYTES >= BatchHeader.BODY_SIZE_BYTES_AIM;
    }

    /// Where a record of this batch stands, from the batch's first byte.
    int offset(int index) {
        return offsets[index];
    }

    /// The finished batch, whole blocks, ready to be written.
    ByteBuffer finish(BatchHeader.Kind kind, Digest root) {
        int bodySize = buffer.position() - BatchHeader.SIZE_BYTES;
        BatchHeader header = new BatchHeader(kind, bodySize, recordCount, firstSerial, 0, root);
        room(BatchHeader.BLOCK_SIZE_BYTES);
        buffer.putLong(BatchHeader.END_MARK);
        int blocks = Math.toIntExact(header.blocksSizeBytes());
        buffer.put(ZEROS, 0, blocks - buffer.position());
        header.write(buffer, 0);
        int silent =
                BatchHeader.silentSectors(
                        buffer, 0, header.sizeBytes(), BatchHeader.SILENT_BITS_MAX);
        if (silent > 0) {
            new BatchHeader(kind, bodySize, recordCount, firstSerial, silent, root)
                    .write(buffer, 0);
        }
        return buffer.flip();
    }

    /// Keeps a block free behind the record, for the end mark and the zeros after it.
    private void room(int more) {
        long needed = (long) buffer.position() + more + 2L * BatchHeader.BLOCK_SIZE_BYTES;
        if (needed > buffer.capacity()) {
            ByteBuffer larger =
                    ByteBuffer.allocateDirect(
                            Math.toIntExact(Math.max(needed, 2L * buffer.capacity())));
            larger.put(buffer.flip());
            buffer = larger;
        }
    }
}
