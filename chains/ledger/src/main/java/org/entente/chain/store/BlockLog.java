package org.entente.chain.store;

import org.entente.chain.Block;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The blocks one after the other, each as `u32 length ‖ u32 CRC-32C ‖ bytes`, in a file that is
/// written with zeros ahead, so that a force changes content only (docs/ledger.md §7.1).
///
/// One thread appends; any number read what was appended.
final class BlockLog implements AutoCloseable {
    static final int HEADER_SIZE_BYTES = 64;
    static final int RECORD_HEADER_SIZE_BYTES = 8;
    private static final long MAGIC = 0x456e744368616931L;
    private static final int VERSION = 1;
    private static final int ZEROS_SIZE_BYTES = 1 << 20;
    private static final int AHEAD_SIZE_BYTES = 16 * ZEROS_SIZE_BYTES;

    private final Path file;
    private final FileChannel channel;
    private final Acknowledged acknowledged;
    private long end = HEADER_SIZE_BYTES;
    private long zerosEnd;

    private BlockLog(Path file, FileChannel channel, Acknowledged acknowledged) throws IOException {
        this.file = file;
        this.channel = channel;
        this.acknowledged = acknowledged;
        this.zerosEnd = channel.size();
    }

    static BlockLog create(Path directory, Digest genesis) throws IOException {
        BlockLog log = at(directory, StandardOpenOption.CREATE_NEW);
        log.zerosAhead(0);
        Channels.write(log.channel, header(genesis), 0);
        log.channel.force(true);
        log.acknowledged.write(log.end);
        log.acknowledged.force();
        return log;
    }

    static BlockLog open(Path directory, Digest genesis) throws IOException {
        BlockLog log = at(directory, StandardOpenOption.READ);
        if (!ByteBuffer.wrap(Channels.read(log.channel, HEADER_SIZE_BYTES, 0))
                .equals(header(genesis))) {
            log.close();
            throw new StoreDamaged(
                    log.file, 0, "it is not the log of blocks of the chain " + genesis);
        }
        return log;
    }

    private static BlockLog at(Path directory, StandardOpenOption way) throws IOException {
        Path file = directory.resolve("blocks.log");
        return new BlockLog(
                file,
                FileChannel.open(file, way, StandardOpenOption.READ, StandardOpenOption.WRITE),
                new Acknowledged(directory.resolve("acknowledged")));
    }

    private static ByteBuffer header(Digest genesis) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_SIZE_BYTES);
        header.putLong(MAGIC).putInt(VERSION).put(genesis.bytes().asBuffer());
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().flip());
        return header.putInt((int) crc.getValue()).rewind();
    }

    /// A record and where the next one begins.
    record Found(Bytes bytes, long next) {}

    /// The record at a place; nothing when none stands there whole.
    Optional<Found> at(long offset) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(Channels.read(channel, RECORD_HEADER_SIZE_BYTES, offset));
        int size = head.getInt();
        int crc = head.getInt();
        if (size < 1
                || size > Block.FORMAT.sizeMax()
                || offset + RECORD_HEADER_SIZE_BYTES + size > channel.size()) {
            return Optional.empty();
        }
        Bytes bytes = Bytes.copyOf(Channels.read(channel, size, offset + RECORD_HEADER_SIZE_BYTES));
        return crc(bytes) == crc
                ? Optional.of(new Found(bytes, offset + RECORD_HEADER_SIZE_BYTES + size))
                : Optional.empty();
    }

    /// The block that a record is.
    Block decoded(Found found, long offset) throws StoreDamaged {
        return switch (Block.FORMAT.decode(found.bytes())) {
            case Parsed.Value<Block>(Block block) -> block;
            case Parsed.Refused<Block>(var why) -> throw damaged(offset, why.toString());
        };
    }

    /// Where the record behind one begins, by its length alone; for the index.
    long behind(long offset) throws IOException {
        int size = size(offset);
        if (size < 1 || size > Block.FORMAT.sizeMax()) {
            throw damaged(offset, "no length of a record: " + size);
        }
        return offset + RECORD_HEADER_SIZE_BYTES + size;
    }

    /// Ends the log where no whole record stands: at its end, or at a torn record that was never
    /// acknowledged. Anything else is damage.
    ///
    /// @return whether something torn was cut
    boolean endAt(long offset) throws IOException {
        long sure = acknowledged.read();
        if (offset < sure) {
            throw damaged(offset, "a record that was acknowledged has a wrong checksum");
        }
        int size = size(offset);
        if (size > 0 && at(offset + RECORD_HEADER_SIZE_BYTES + size).isPresent()) {
            throw damaged(offset, "a record is damaged; a whole one stands behind it");
        }
        boolean torn = !isZero(offset);
        if (torn) {
            channel.truncate(offset);
            zerosEnd = offset;
            zerosAhead(offset);
        }
        end = offset;
        acknowledge();
        return torn;
    }

    private int size(long offset) throws IOException {
        return ByteBuffer.wrap(Channels.read(channel, Integer.BYTES, offset)).getInt();
    }

    private boolean isZero(long offset) throws IOException {
        for (long at = offset; at < channel.size(); at += ZEROS_SIZE_BYTES) {
            for (byte each : Channels.read(channel, ZEROS_SIZE_BYTES, at)) {
                if (each != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Where the next record goes.
    long end() {
        return end;
    }

    /// Writes a record behind the last one; it counts once it is forced.
    void append(Bytes block) throws IOException {
        long next = end + RECORD_HEADER_SIZE_BYTES + block.size();
        if (next > zerosEnd) {
            zerosAhead(next);
        }
        ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER_SIZE_BYTES + block.size());
        record.putInt(block.size()).putInt(crc(block)).put(block.asBuffer());
        Channels.write(channel, record.flip(), end);
        end = next;
    }

    void force() throws IOException {
        channel.force(false);
        acknowledge();
    }

    private void acknowledge() throws IOException {
        acknowledged.write(end);
    }

    private void zerosAhead(long from) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_SIZE_BYTES);
        long until = from + AHEAD_SIZE_BYTES;
        while (zerosEnd < until) {
            Channels.write(channel, zeros.clear(), zerosEnd);
            zerosEnd += ZEROS_SIZE_BYTES;
        }
        channel.force(true);
    }

    StoreDamaged damaged(long offset, String what) {
        return new StoreDamaged(file, offset, what);
    }

    /// Of a record's length and its bytes.
    static int crc(Bytes block) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(4).putInt(block.size()).flip());
        crc.update(block.asBuffer());
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        acknowledged.force();
        acknowledged.close();
        channel.close();
    }
}
