package org.entente.chain.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// Up to where the log of blocks was forced: what lies before can be damaged but not torn.
///
/// Written after each force and not forced itself: it survives the process; after a loss of power
/// it may say less than was forced, never more.
final class Acknowledged implements AutoCloseable {
    private static final int SIZE_BYTES = 12;

    private final Path file;
    private final FileChannel channel;

    Acknowledged(Path file) throws IOException {
        this.file = file;
        this.channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
    }

    void write(long offset) throws IOException {
        byte[] bytes = ByteBuffer.allocate(SIZE_BYTES).putLong(offset).array();
        Channels.write(channel, ByteBuffer.wrap(bytes).putInt(SIZE_BYTES - 4, crc(bytes)), 0);
    }

    void force() throws IOException {
        channel.force(true);
    }

    long read() throws IOException {
        byte[] bytes = Channels.read(channel, SIZE_BYTES, 0);
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        long offset = fields.getLong();
        if (fields.getInt() != crc(bytes)) {
            throw new StoreDamaged(file, 0, "its checksum is wrong");
        }
        return offset;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, SIZE_BYTES - 4);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
