package org.entente.chain.store;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Records one after the other, of what can be made again from blocks: where a record is not whole,
/// it and what stands behind it is cut (docs/ledger.md §7.7). One thread appends; any number read.
public final class RecordLog implements AutoCloseable {
    private static final int HEADER_SIZE_BYTES = Long.BYTES + Digest.SIZE_BYTES;
    private static final int RECORD_HEADER_SIZE_BYTES = 2 * Integer.BYTES;

    private final Path file;
    private final FileChannel channel;
    private final int sizeMax;

    /// Guards the places.
    private final Object lock = new Object();

    private final List<Long> places = new ArrayList<>();
    private long end = HEADER_SIZE_BYTES;

    private RecordLog(Path file, FileChannel channel, int sizeMax) {
        this.file = file;
        this.channel = channel;
        this.sizeMax = sizeMax;
    }

    /// Empty when none is there, or one of something else.
    ///
    /// @param magic of what the records are
    /// @param genesis of which chain
    /// @param sizeMax of one record
    public static RecordLog open(Path file, long magic, Digest genesis, int sizeMax)
            throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        RecordLog log = new RecordLog(file, channel, sizeMax);
        ByteBuffer header = ByteBuffer.allocate(HEADER_SIZE_BYTES);
        header.putLong(magic).put(genesis.bytes().asBuffer()).flip();
        if (ByteBuffer.wrap(Channels.read(channel, HEADER_SIZE_BYTES, 0)).equals(header)) {
            log.scan();
        }
        Channels.write(channel, header, 0);
        channel.truncate(log.end);
        channel.force(true);
        return log;
    }

    private void scan() throws IOException {
        for (Optional<Bytes> found = at(end); found.isPresent(); found = at(end)) {
            places.add(end);
            end += RECORD_HEADER_SIZE_BYTES + found.get().size();
        }
    }

    private Optional<Bytes> at(long offset) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(Channels.read(channel, RECORD_HEADER_SIZE_BYTES, offset));
        int size = head.getInt();
        int crc = head.getInt();
        if (size < 1
                || size > sizeMax
                || offset + RECORD_HEADER_SIZE_BYTES + size > channel.size()) {
            return Optional.empty();
        }
        Bytes bytes = Bytes.copyOf(Channels.read(channel, size, offset + RECORD_HEADER_SIZE_BYTES));
        return BlockLog.crc(bytes) == crc ? Optional.of(bytes) : Optional.empty();
    }

    /// How many there are.
    public int count() {
        synchronized (lock) {
            return places.size();
        }
    }

    /// The record of a number, from 0 on, that there is.
    public Bytes at(int number) throws IOException {
        long offset;
        synchronized (lock) {
            offset = places.get(number);
        }
        return at(offset)
                .orElseThrow(
                        () -> new StoreDamaged(file, offset, "record " + number + " is damaged"));
    }

    /// Forced when this returns.
    public void append(Bytes record) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(RECORD_HEADER_SIZE_BYTES + record.size());
        bytes.putInt(record.size()).putInt(BlockLog.crc(record)).put(record.asBuffer());
        Channels.write(channel, bytes.flip(), end);
        channel.force(true);
        synchronized (lock) {
            places.add(end);
        }
        end += RECORD_HEADER_SIZE_BYTES + record.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
