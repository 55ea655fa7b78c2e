package org.entente.relay.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/// Whether a batch that is not whole was never written completely, so never acknowledged, or was
/// damaged later (docs/log.md §5.3).
///
/// A write that a crash interrupts leaves zeros where it did not come to: whole sectors, or
/// everything behind some byte. Damage leaves something else.
record Tail(FileChannel channel, long position, long dataEnd, long nextSerial) {
    private static final int HEAD = BatchHeader.SIZE_BYTES;

    /// Says why it was never complete, or nothing when it was.
    Optional<String> torn(Optional<BatchHeader> header) throws IOException {
        return header.isPresent() ? tornBehind(header.get()) : tornAtHeader();
    }

    private Optional<String> tornBehind(BatchHeader header) throws IOException {
        long end = position + header.sizeBytes();
        if (dataEnd > end || header.firstSerial() != nextSerial) {
            return Optional.empty();
        }
        ByteBuffer batch = read((int) header.blocksSizeBytes());
        if (batch.get((int) header.sizeBytes() - 1) == 0) {
            return Optional.of("the batch's last bytes were never written");
        }
        int silent = BatchHeader.silentSectors(batch, 0, header.sizeBytes(), 0);
        return silent > header.silentSectors()
                ? Optional.of(
                        (silent - header.silentSectors())
                                + " sectors of the batch were never written")
                : Optional.empty();
    }

    private Optional<String> tornAtHeader() throws IOException {
        if (dataEnd <= position + HEAD) {
            return Optional.of("the batch's header was never written to its end");
        }
        ByteBuffer sector = read(BatchHeader.SECTOR_SIZE_BYTES);
        return BatchHeader.isZero(sector, 0, BatchHeader.SECTOR_SIZE_BYTES)
                        && dataEnd - position <= sizeMax()
                        && !anotherBatchFollows()
                ? Optional.of("the batch's first sector was never written")
                : Optional.empty();
    }

    /// A later batch was begun only after this one was forced.
    private boolean anotherBatchFollows() throws IOException {
        ByteBuffer rest = read((int) (dataEnd - position));
        for (int at = 0; at < rest.limit(); at += BatchHeader.BLOCK_SIZE_BYTES) {
            if (BatchHeader.read(rest, at).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static long sizeMax() {
        return (long) HEAD + BatchHeader.BODY_SIZE_BYTES_MAX + Long.BYTES;
    }

    private ByteBuffer read(int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        Segment.read(channel, buffer, position);
        return buffer;
    }
}
