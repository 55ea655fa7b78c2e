package org.entente.relay.log;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The first block of each segment file (docs/log.md §2).
///
/// @param firstSerial the size of the log before this segment
/// @param root of the tree of that size, so that segments of two histories do not fit together
record SegmentHeader(Digest logId, int index, long sizeBytes, long firstSerial, Digest root) {
    static final int SIZE_BYTES = 100;
    static final int VERSION = 1;

    private static final long MAGIC = 0x456E74656E4C6F67L;
    private static final int CRC_AT = SIZE_BYTES - 4;

    /// The whole block: the header, then zeros.
    ByteBuffer block() {
        ByteBuffer block = ByteBuffer.allocateDirect(BatchHeader.BLOCK_SIZE_BYTES);
        block.putLong(0, MAGIC)
                .putInt(8, VERSION)
                .putInt(12, index)
                .putLong(16, sizeBytes)
                .putLong(24, firstSerial)
                .put(32, logId.bytes().toArray())
                .put(64, root.bytes().toArray())
                .putInt(CRC_AT, crc(block));
        return block;
    }

    static Optional<SegmentHeader> read(ByteBuffer block) {
        if (block.limit() < BatchHeader.BLOCK_SIZE_BYTES
                || block.getLong(0) != MAGIC
                || block.getInt(8) != VERSION
                || block.getInt(CRC_AT) != crc(block)
                || !isZeroBehind(block)) {
            return Optional.empty();
        }
        return Optional.of(
                new SegmentHeader(
                        digest(block, 32),
                        block.getInt(12),
                        block.getLong(16),
                        block.getLong(24),
                        digest(block, 64)));
    }

    private static boolean isZeroBehind(ByteBuffer block) {
        for (int at = SIZE_BYTES; at < BatchHeader.BLOCK_SIZE_BYTES; at++) {
            if (block.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Digest digest(ByteBuffer block, int at) {
        byte[] bytes = new byte[Digest.SIZE_BYTES];
        block.get(at, bytes);
        return new Digest(Bytes.copyOf(bytes));
    }

    private static int crc(ByteBuffer block) {
        CRC32C crc = new CRC32C();
        crc.update(block.slice(0, CRC_AT));
        return (int) crc.getValue();
    }
}
