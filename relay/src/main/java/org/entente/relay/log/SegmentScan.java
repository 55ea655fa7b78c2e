package org.entente.relay.log;

import org.entente.protocol.merkle.TreeHash;
import org.entente.relay.log.BatchHeader.Kind;
import org.entente.relay.log.Recovered.Cut;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the batches of one segment in order, as far as they are whole (docs/log.md §5).
final class SegmentScan {
    private static final int STRIDE_SIZE_BYTES = 1 << 20;
    private static final int BLOCK = BatchHeader.BLOCK_SIZE_BYTES;

    private final Segment segment;
    private final HashLevels levels;
    private final Places places;
    private final boolean mayBeTorn;
    private final long capacity;
    private ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
    private long position = BLOCK;
    private Optional<Kind> lastKind = Optional.empty();
    private Optional<Cut> cut = Optional.empty();

    SegmentScan(Segment segment, HashLevels levels, Places places, boolean mayBeTorn) {
        this.segment = segment;
        this.levels = levels;
        this.places = places;
        this.mayBeTorn = mayBeTorn;
        this.capacity = segment.header().sizeBytes();
    }

    /// Where the next batch belongs.
    long position() {
        return position;
    }

    Optional<Kind> lastKind() {
        return lastKind;
    }

    Optional<Cut> cut() {
        return cut;
    }

    void run() throws IOException {
        long dataEnd = dataEnd(segment.channel());
        while (position < dataEnd && !lastKind.equals(Optional.of(Kind.CONTINUED))) {
            Optional<BatchHeader> header = load();
            Optional<List<RecordCodec.Read>> records = header.flatMap(this::records);
            if (header.isPresent() && records.isPresent()) {
                apply(header.get(), records.get());
            } else {
                cutOrName(header, dataEnd);
                return;
            }
        }
        if (dataEnd > position) {
            throw damaged(position, levels.size(), "bytes stand behind the segment's end");
        }
    }

    /// The offset behind the last byte that is not zero.
    static long dataEnd(FileChannel channel) throws IOException {
        ByteBuffer stride = ByteBuffer.allocate((int) Math.min(STRIDE_SIZE_BYTES, channel.size()));
        for (long end = channel.size(); end > 0; ) {
            long start = Math.max(0, end - STRIDE_SIZE_BYTES);
            stride.clear().limit((int) (end - start));
            Segment.read(channel, stride, start);
            int behind = stride.limit();
            while (behind >= Long.BYTES && stride.getLong(behind - Long.BYTES) == 0) {
                behind -= Long.BYTES;
            }
            while (behind > 0 && stride.get(behind - 1) == 0) {
                behind--;
            }
            if (behind > 0) {
                return start + behind;
            }
            end = start;
        }
        return 0;
    }

    /// Reads the block at the position, and the rest of the batch when a header is there.
    private Optional<BatchHeader> load() throws IOException {
        fill(BLOCK);
        Optional<BatchHeader> header = BatchHeader.read(buffer, 0);
        if (header.isPresent()) {
            long size = header.get().blocksSizeBytes();
            if (position + size > capacity) {
                throw damaged(position, levels.size(), "a batch reaches past the segment's end");
            }
            if (size > BLOCK) {
                fill((int) size);
            }
        }
        return header;
    }

    private void fill(int size) throws IOException {
        if (size > buffer.capacity()) {
            buffer = ByteBuffer.allocate(size);
        }
        buffer.clear().limit(size);
        Segment.read(segment.channel(), buffer, position);
    }

    /// The records of the batch in the buffer, or nothing when one of them, the end mark or the
    /// zeros behind it are not as they were written.
    private Optional<List<RecordCodec.Read>> records(BatchHeader header) {
        List<RecordCodec.Read> records = new ArrayList<>();
        int at = BatchHeader.SIZE_BYTES;
        int end = at + header.bodySizeBytes();
        for (int index = 0; index < header.recordCount(); index++) {
            Optional<RecordCodec.Read> read = RecordCodec.read(buffer, at);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            records.add(read.get());
            at += read.get().sizeBytes();
        }
        boolean whole = at == end && buffer.getLong(end) == BatchHeader.END_MARK;
        for (int zero = end + Long.BYTES; whole && zero < buffer.limit(); zero++) {
            whole = buffer.get(zero) == 0;
        }
        return whole ? Optional.of(records) : Optional.empty();
    }

    private void apply(BatchHeader header, List<RecordCodec.Read> records) throws LogDamaged {
        long offset = position + BatchHeader.SIZE_BYTES;
        requireDue(header.firstSerial(), position);
        for (RecordCodec.Read read : records) {
            requireDue(read.serial(), offset);
            places.append(offset);
            levels.append(TreeHash.leaf(read.record().entry()));
            offset += read.sizeBytes();
        }
        if (!header.root().equals(Log.root(levels))) {
            throw damaged(
                    position, header.firstSerial(), "the batch's root is not that of its entries");
        }
        position += header.blocksSizeBytes();
        lastKind = Optional.of(header.kind());
    }

    private void requireDue(long serial, long offset) throws LogDamaged {
        if (serial != levels.size()) {
            throw damaged(
                    offset,
                    levels.size(),
                    (serial < levels.size() ? "serial comes twice: " : "serials are missing: ")
                            + serial
                            + " stands where "
                            + levels.size()
                            + " is due");
        }
    }

    private void cutOrName(Optional<BatchHeader> header, long dataEnd) throws IOException {
        Tail tail = new Tail(segment.channel(), position, dataEnd, levels.size());
        Optional<String> torn = mayBeTorn ? tail.torn(header) : Optional.empty();
        if (torn.isEmpty()) {
            throw name(header);
        }
        long size = dataEnd - position;
        for (long at = position; at < dataEnd; at += STRIDE_SIZE_BYTES) {
            ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(STRIDE_SIZE_BYTES, dataEnd - at));
            segment.write(zeros, at);
        }
        segment.force();
        cut =
                Optional.of(
                        new Cut(
                                segment.file().toString(),
                                position,
                                size,
                                levels.size(),
                                torn.get()));
    }

    /// Points at the first record that is not as it was written.
    private LogDamaged name(Optional<BatchHeader> header) {
        if (header.isEmpty()) {
            return damaged(position, levels.size(), "a batch's header is not as it was written");
        }
        int at = BatchHeader.SIZE_BYTES;
        for (int index = 0; index < header.get().recordCount(); index++) {
            Optional<RecordCodec.Read> read = RecordCodec.read(buffer, at);
            if (read.isEmpty()) {
                return damaged(
                        position + at,
                        header.get().firstSerial() + index,
                        "the record's CRC32C is not that of its bytes");
            }
            at += read.get().sizeBytes();
        }
        return damaged(
                position + at,
                header.get().firstSerial() + header.get().recordCount(),
                "the batch's end is not as it was written");
    }

    private LogDamaged damaged(long offset, long serial, String what) {
        return new LogDamaged(segment.file(), offset, serial, what);
    }
}
