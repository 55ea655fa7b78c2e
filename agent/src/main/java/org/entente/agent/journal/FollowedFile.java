package org.entente.agent.journal;

import org.entente.adapter.Point;
import org.entente.protocol.Bytes;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The final block of one chain that was followed last, so that it is noticed too when it is
/// replaced while no process of this agent runs (protocol.md §6.8).
///
/// Written now and then: an older final block shows the same.
public final class FollowedFile implements Closeable {
    private static final long COMPACT_SIZE_BYTES = 64 * 1024;
    private static final Duration WRITTEN_EVERY = Duration.ofSeconds(1);

    /// Guarded by the instance, as all that follows.
    private final FrameFile file;

    private Optional<Point> newest;
    private Optional<Point> written;
    private long writtenNanos = System.nanoTime() - WRITTEN_EVERY.toNanos();

    private FollowedFile(FrameFile.Opened opened) {
        this.file = opened.file();
        List<Bytes> frames = opened.frames();
        this.newest = frames.isEmpty() ? Optional.empty() : Optional.of(point(frames.getLast()));
        this.written = newest;
    }

    public static FollowedFile open(Path path) throws IOException, JournalUnusable {
        return new FollowedFile(FrameFile.open(path));
    }

    public synchronized Optional<Point> newest() {
        return newest;
    }

    /// @throws UncheckedIOException when it cannot be written: the process must not go on
    public synchronized void follow(Point point) {
        newest = Optional.of(point);
        long now = System.nanoTime();
        if (now - writtenNanos >= WRITTEN_EVERY.toNanos()) {
            writtenNanos = now;
            write();
        }
    }

    private void write() {
        if (newest.equals(written)) {
            return;
        }
        Bytes bytes = bytes(newest.orElseThrow());
        try {
            if (file.size() > COMPACT_SIZE_BYTES) {
                file.replace(bytes);
            } else {
                file.append(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a followed block cannot be written", e);
        }
        written = newest;
    }

    private static Bytes bytes(Point point) {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + point.hash().size());
        return Bytes.copyOf(buffer.putLong(point.height()).put(point.hash().asBuffer()).array());
    }

    private static Point point(Bytes bytes) {
        return new Point(
                bytes.slice(0, Long.BYTES).asBuffer().getLong(),
                bytes.slice(Long.BYTES, bytes.size()));
    }

    /// Writes what is newest.
    @Override
    public synchronized void close() throws IOException {
        try {
            write();
        } finally {
            file.close();
        }
    }
}
