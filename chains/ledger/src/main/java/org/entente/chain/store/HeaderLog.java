package org.entente.chain.store;

import org.entente.chain.CertifiedHeader;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The certified headers of the blocks that a node does not have because it joined its chain at the
/// state behind them, from height 1 on (docs/ledger.md §7.6). Written once; any number of threads
/// read.
public final class HeaderLog implements AutoCloseable {
    static final String FILE = "headers.log";
    static final String INDEX = "headers.index";
    private static final long MAGIC = 0x456e744865616431L;
    private static final int RECORD_HEADER_SIZE_BYTES = 8;

    private final Path file;
    private final FileChannel channel;
    private final BlockIndex index;
    private long end = Long.BYTES;

    private HeaderLog(Path directory, StandardOpenOption... way) throws IOException {
        this.file = directory.resolve(FILE);
        this.channel = FileChannel.open(file, way);
        this.index = new BlockIndex(directory.resolve(INDEX));
    }

    /// An empty one, in place of any that was left unfinished.
    public static HeaderLog create(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
        Files.deleteIfExists(directory.resolve(INDEX));
        HeaderLog log =
                new HeaderLog(
                        directory,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        Channels.write(log.channel, ByteBuffer.allocate(Long.BYTES).putLong(MAGIC).flip(), 0);
        return log;
    }

    static HeaderLog open(Path directory) throws IOException {
        HeaderLog log = new HeaderLog(directory, StandardOpenOption.READ);
        if (ByteBuffer.wrap(Channels.read(log.channel, Long.BYTES, 0)).getLong() != MAGIC) {
            log.close();
            throw new StoreDamaged(log.file, 0, "it is no log of headers");
        }
        return log;
    }

    /// Each in its turn.
    public void append(CertifiedHeader header) throws IOException {
        Bytes bytes = CertifiedHeader.FORMAT.encode(header);
        ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER_SIZE_BYTES + bytes.size());
        record.putInt(bytes.size()).putInt(BlockLog.crc(bytes)).put(bytes.asBuffer());
        Channels.write(channel, record.flip(), end);
        index.put(header.header().height(), end);
        end += RECORD_HEADER_SIZE_BYTES + bytes.size();
    }

    void force() throws IOException {
        channel.force(true);
        index.force();
    }

    /// Of a height that it has.
    CertifiedHeader at(long height) throws IOException {
        long offset = index.at(height);
        ByteBuffer head = ByteBuffer.wrap(Channels.read(channel, RECORD_HEADER_SIZE_BYTES, offset));
        int size = head.getInt();
        int crc = head.getInt();
        if (offset > 0 && size > 0 && size <= CertifiedHeader.FORMAT.sizeMax()) {
            Bytes bytes =
                    Bytes.copyOf(Channels.read(channel, size, offset + RECORD_HEADER_SIZE_BYTES));
            if (BlockLog.crc(bytes) == crc
                    && CertifiedHeader.FORMAT.decode(bytes)
                            instanceof Parsed.Value<CertifiedHeader>(CertifiedHeader header)
                    && header.header().height() == height) {
                return header;
            }
        }
        throw new StoreDamaged(file, offset, "the header of block " + height + " cannot be read");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        index.close();
    }
}
