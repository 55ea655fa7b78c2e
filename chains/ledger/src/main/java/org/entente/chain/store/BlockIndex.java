package org.entente.chain.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Where in the log the block of a height begins: 8 bytes per height. What is missing or does not
/// fit is made again from the log.
final class BlockIndex implements AutoCloseable {
    private final FileChannel channel;

    BlockIndex(Path file) throws IOException {
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
    }

    void put(long height, long offset) throws IOException {
        Channels.write(channel, ByteBuffer.allocate(Long.BYTES).putLong(offset).flip(), height * 8);
    }

    /// Zero for a height that is not in it.
    long at(long height) throws IOException {
        return ByteBuffer.wrap(Channels.read(channel, Long.BYTES, height * 8)).getLong();
    }

    void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
