package org.entente.relay.log;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// What begins each batch, the unit that is written and forced at once (docs/log.md §4).
///
/// @param bodySizeBytes the records, without this header and the end mark
/// @param silentSectors how many of the batch's sectors have so few set bits, although they were
///   written, that one flip could make them look as if they had not been
/// @param root of the tree behind the batch's last record
record BatchHeader(
        Kind kind,
        int bodySizeBytes,
        int recordCount,
        long firstSerial,
        int silentSectors,
        Digest root) {
    static final int SIZE_BYTES = 64;

    /// Batches begin on a block of their own, so that no write touches a page that holds what was
    /// acknowledged before.
    static final int BLOCK_SIZE_BYTES = 4_096;

    /// What a device writes whole or not at all.
    static final int SECTOR_SIZE_BYTES = 512;

    /// More than one set bit says that a sector was written, even if one of them flips.
    static final int SILENT_BITS_MAX = 1;

    /// Ends a batch. No byte of it is zero, nor becomes zero when one bit flips.
    static final long END_MARK = 0xE7C3A5DBE7C3A5DBL;

    /// A batch ends with the record that passes the aim, so it can be larger by one record.
    static final int BODY_SIZE_BYTES_AIM = 1 << 20;

    static final int BODY_SIZE_BYTES_MAX = BODY_SIZE_BYTES_AIM + RecordCodec.SIZE_BYTES_MAX;

    private static final int MAGIC = 0x454E5442;
    private static final int CRC_AT = SIZE_BYTES - 4;

    enum Kind {
        RECORDS(1),
        /// The log was opened here; everything before counts as acknowledged.
        OPENED(2),
        /// The log was closed here in good order.
        CLOSED(3),
        /// The log goes on in the next segment.
        CONTINUED(4);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        static Optional<Kind> numbered(int number) {
            for (Kind kind : values()) {
                if (kind.number == number) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    long sizeBytes() {
        return (long) SIZE_BYTES + bodySizeBytes + Long.BYTES;
    }

    /// The size with the zeros up to the end of the last block.
    long blocksSizeBytes() {
        return (sizeBytes() + BLOCK_SIZE_BYTES - 1) / BLOCK_SIZE_BYTES * BLOCK_SIZE_BYTES;
    }

    void write(ByteBuffer target, int at) {
        target.putInt(at, MAGIC)
                .putInt(at + 4, kind.number)
                .putInt(at + 8, bodySizeBytes)
                .putInt(at + 12, recordCount)
                .putLong(at + 16, firstSerial)
                .putInt(at + 24, silentSectors)
                .put(at + 28, root.bytes().toArray())
                .putInt(at + CRC_AT, crc(target, at));
    }

    /// The header at `at`, or nothing when the bytes there are none.
    static Optional<BatchHeader> read(ByteBuffer source, int at) {
        if (source.limit() - at < SIZE_BYTES
                || source.getInt(at) != MAGIC
                || source.getInt(at + CRC_AT) != crc(source, at)) {
            return Optional.empty();
        }
        byte[] root = new byte[Digest.SIZE_BYTES];
        source.get(at + 28, root);
        return Kind.numbered(source.getInt(at + 4))
                .map(kind ->
                        new BatchHeader(
                                kind,
                                source.getInt(at + 8),
                                source.getInt(at + 12),
                                source.getLong(at + 16),
                                source.getInt(at + 24),
                                new Digest(Bytes.copyOf(root))))
                .filter(BatchHeader::isPossible);
    }

    /// Counts the sectors with at most `bitsMax` set bits among those that `sizeBytes` bytes from
    /// `at` on touch.
    static int silentSectors(ByteBuffer source, int at, long sizeBytes, int bitsMax) {
        int silent = 0;
        for (long sector = 0; sector < sizeBytes; sector += SECTOR_SIZE_BYTES) {
            if (isSilent(source, at + (int) sector, bitsMax)) {
                silent++;
            }
        }
        return silent;
    }

    /// `size` is a multiple of 8.
    static boolean isZero(ByteBuffer source, int at, int size) {
        for (int index = 0; index < size; index += Long.BYTES) {
            if (source.getLong(at + index) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSilent(ByteBuffer source, int at, int bitsMax) {
        int bits = 0;
        for (int index = 0; index < SECTOR_SIZE_BYTES; index += Long.BYTES) {
            bits += Long.bitCount(source.getLong(at + index));
            if (bits > bitsMax) {
                return false;
            }
        }
        return true;
    }

    private boolean isPossible() {
        return bodySizeBytes >= 0
                && bodySizeBytes <= BODY_SIZE_BYTES_MAX
                && recordCount >= 0
                && firstSerial >= 0
                && silentSectors >= 0;
    }

    private static int crc(ByteBuffer source, int at) {
        CRC32C crc = new CRC32C();
        crc.update(source.slice(at, CRC_AT));
        return (int) crc.getValue();
    }
}
