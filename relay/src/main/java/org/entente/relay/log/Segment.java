package org.entente.relay.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// One file of the log, open for its one writer. Readers open channels of their own, because a
/// reader that is interrupted closes the channel it uses.
record Segment(Path file, SegmentHeader header, FileChannel channel) {
    /// Writes all of the buffer; the file has its size already, so only content changes.
    void write(ByteBuffer buffer, long at) throws IOException {
        long position = at;
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
    }

    void force() throws IOException {
        channel.force(false);
    }

    /// Reads until the buffer is full or the file ends, then flips the buffer.
    static void read(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
        long position = at;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, position);
            if (count < 0) {
                break;
            }
            position += count;
        }
        buffer.flip();
    }
}
