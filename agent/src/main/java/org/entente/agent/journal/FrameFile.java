package org.entente.agent.journal;

import org.entente.protocol.Bytes;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// A file of frames that is only appended to: length, CRC32C, content. It is written with zeros
/// beforehand, so that forcing it need not change its size. What was torn by a crash at the end is
/// cut, since nobody was told of it; any other damage is named and the file not used.
///
/// Used by one thread at a time.
final class FrameFile implements Closeable {
    static final int FRAME_SIZE_BYTES_MAX = 64 * 1024 * 1024;
    private static final int HEAD_SIZE_BYTES = 8;
    private static final int ZEROS_SIZE_BYTES = 1024 * 1024;

    private final Path path;
    private FileChannel channel;
    private long end;
    private long zeroed;

    private FrameFile(Path path, FileChannel channel, long end, long zeroed) {
        this.path = path;
        this.channel = channel;
        this.end = end;
        this.zeroed = zeroed;
    }

    /// What a file held when it was opened.
    record Opened(FrameFile file, List<Bytes> frames) {
        Opened {
            frames = List.copyOf(frames);
        }
    }

    static Opened open(Path path) throws IOException, JournalUnusable {
        boolean fresh = !Files.exists(path);
        FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (fresh) {
            Directories.force(path);
        }
        List<Bytes> frames = new ArrayList<>();
        long end = read(path, channel, frames);
        FrameFile file = new FrameFile(path, channel, end, end);
        file.channel.truncate(end);
        return new Opened(file, frames);
    }

    private static long read(Path path, FileChannel channel, List<Bytes> frames)
            throws IOException, JournalUnusable {
        long size = channel.size();
        long at = 0;
        while (at + HEAD_SIZE_BYTES <= size) {
            ByteBuffer head = part(channel, at, HEAD_SIZE_BYTES);
            int length = head.getInt();
            int crc = head.getInt();
            if (length == 0 && crc == 0) {
                requireZeros(path, channel, at, at);
                return at;
            }
            long next = at + HEAD_SIZE_BYTES + Math.max(0, length);
            boolean whole = length > 0 && length <= FRAME_SIZE_BYTES_MAX && next <= size;
            if (!whole || crc != crc(part(channel, at + HEAD_SIZE_BYTES, length))) {
                requireZeros(path, channel, whole ? next : size, at);
                return at;
            }
            byte[] content = new byte[length];
            part(channel, at + HEAD_SIZE_BYTES, length).get(content);
            frames.add(Bytes.copyOf(content));
            at = next;
        }
        return at;
    }

    /// A torn frame is the last one.
    private static void requireZeros(Path path, FileChannel channel, long from, long damage)
            throws IOException, JournalUnusable {
        long size = channel.size();
        for (long at = from; at < size; at += ZEROS_SIZE_BYTES) {
            ByteBuffer part = part(channel, at, (int) Math.min(ZEROS_SIZE_BYTES, size - at));
            while (part.hasRemaining()) {
                if (part.get() != 0) {
                    throw new JournalUnusable(
                            path + " is damaged at " + damage + ", and more follows behind it");
                }
            }
        }
    }

    private static ByteBuffer part(FileChannel channel, long at, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the file ended while it was read");
            }
        }
        return buffer.flip();
    }

    private static int crc(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content.duplicate());
        return (int) crc.getValue();
    }

    long size() {
        return end;
    }

    /// Durable when it returns.
    void append(Bytes content) throws IOException {
        ByteBuffer frame = frame(content);
        if (end + frame.remaining() > zeroed) {
            extend(end + frame.remaining());
        }
        write(channel, frame, end);
        channel.force(false);
        end += HEAD_SIZE_BYTES + content.size();
    }

    private void extend(long atLeast) throws IOException {
        long target = atLeast + ZEROS_SIZE_BYTES;
        while (zeroed < target) {
            write(channel, ByteBuffer.allocate(ZEROS_SIZE_BYTES), zeroed);
            zeroed += ZEROS_SIZE_BYTES;
        }
        channel.force(true);
    }

    private static ByteBuffer frame(Bytes content) {
        if (content.isEmpty() || content.size() > FRAME_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException("no frame has " + content.size() + " bytes");
        }
        ByteBuffer frame = ByteBuffer.allocate(HEAD_SIZE_BYTES + content.size());
        frame.putInt(content.size()).putInt(crc(content.asBuffer()));
        return frame.put(content.asBuffer()).flip();
    }

    private static void write(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
        long place = at;
        while (buffer.hasRemaining()) {
            place += channel.write(buffer, place);
        }
    }

    /// Puts one frame in the place of all; a crash leaves the old file or the new one, whole.
    void replace(Bytes content) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        FileChannel next =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        ByteBuffer frame = frame(content);
        long size = frame.remaining();
        write(next, frame, 0);
        next.force(true);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        Directories.force(path);
        channel.close();
        channel = next;
        end = size;
        zeroed = size;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
