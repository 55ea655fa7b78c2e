package org.entente.relay.log;

import org.entente.protocol.Digest;
import org.entente.protocol.merkle.MerkleTree;
import org.entente.relay.log.BatchHeader.Kind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The append-only log of one directory, with one writer (protocol.md §8, docs/log.md).
///
/// Any thread may append and read. Nothing is acknowledged before it is forced to disk, and nothing
/// is read that is not.
public final class Log implements AutoCloseable {
    private static final int READ_SIZE_BYTES_FIRST = 4_096;

    private final DirectoryLock lock;
    private final Recovered recovered;
    private final HashLevels levels;
    private final Places places;
    private final Intake intake;
    private final Appender appender;
    private final Committer committer;
    private final Thread thread;

    private Log(
            DirectoryLock lock,
            SegmentFiles files,
            LogSettings settings,
            Consumer<Throwable> whenFailed)
            throws IOException {
        this.lock = lock;
        this.levels = new HashLevels();
        this.places = new Places();
        Recovery.Found found = new Recovery(files, levels, places).run();
        this.recovered = found.recovered();
        this.intake = new Intake(settings.waitingMax());
        this.appender = new Appender(files, places, settings, found);
        this.committer = new Committer(intake, appender, levels, places, whenFailed);
        committer.mark(Kind.OPENED);
        this.thread =
                Thread.ofPlatform()
                        .name("log-" + files.logId().hex().substring(0, 8))
                        .start(committer);
    }

    /// @param id what the files are marked with, so that no other log's file passes for this one's
    /// @param whenFailed told once, by the committer thread, that a write or force failed: the
    ///   process must stop
    /// @throws LogDamaged when the files do not hold what was written to them
    public static Log open(
            Path directory,
            Digest id,
            LogSettings settings,
            Opening opening,
            Consumer<Throwable> whenFailed)
            throws IOException {
        return open(directory, id, settings, opening, whenFailed, FileChannel::open);
    }

    /// Whether a log was made in a directory: its making ends with the first segment.
    public static boolean isIn(Path directory) throws IOException {
        return SegmentFiles.isAnyIn(directory);
    }

    static Log open(
            Path directory,
            Digest id,
            LogSettings settings,
            Opening opening,
            Consumer<Throwable> whenFailed,
            Disk disk)
            throws IOException {
        SegmentFiles files = new SegmentFiles(directory, disk, id);
        files.require(opening);
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            if (opening == Opening.CREATE) {
                files.prepareSpare(settings.segmentSizeBytes());
                files.adoptSpare(
                                new SegmentHeader(
                                        id,
                                        0,
                                        settings.segmentSizeBytes(),
                                        0,
                                        root(new HashLevels())))
                        .channel()
                        .close();
            }
            return new Log(lock, files, settings, whenFailed);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// What opening found; a cut belongs into the operator's log.
    public Recovered recovered() {
        return recovered;
    }

    /// Appends and waits until it is forced.
    public OptionalLong append(Draft draft) throws LogUnavailable, InterruptedException {
        return submit(draft).await();
    }

    /// Hands over without waiting; drafts handed over by one thread keep their order.
    public Pending submit(Draft draft) throws LogUnavailable {
        return intake.submit(draft);
    }

    /// How many records are forced.
    public long size() {
        return committer.size();
    }

    public LogRecord read(long serial) throws IOException {
        requireForced(serial < 0 ? Long.MAX_VALUE : serial + 1);
        Segment segment = places.segment(serial);
        try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
            return read(serial, segment, channel);
        }
    }

    /// The records from `from` to before `to`, read one by one as they are asked for.
    ///
    /// @throws UncheckedIOException from the stream, around what [#read] throws
    public Stream<LogRecord> stream(long from, long to) {
        requireForced(to);
        return LongStream.range(from, to)
                .mapToObj(serial -> {
                    try {
                        return read(serial);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /// The tree of all that is forced: root, frontier, proofs.
    public MerkleTree tree() {
        return tree(size());
    }

    public MerkleTree tree(long size) {
        requireForced(size);
        return new MerkleTree(levels, size);
    }

    public Digest leafHash(long serial) {
        requireForced(serial + 1);
        return levels.hash(0, serial);
    }

    /// Lets what waits be committed, marks the end in good order and releases the directory.
    @Override
    public void close() throws IOException {
        intake.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the log was closed", e);
        }
        try {
            appender.close();
        } finally {
            lock.close();
        }
    }

    static Digest root(HashLevels levels) {
        return new MerkleTree(levels, levels.size()).root();
    }

    /// One read where the record is small; a second, longer one where it is not.
    private LogRecord read(long serial, Segment segment, FileChannel channel) throws IOException {
        long offset = places.offset(serial);
        ByteBuffer buffer = ByteBuffer.allocate(READ_SIZE_BYTES_FIRST);
        Segment.read(channel, buffer, offset);
        int size =
                buffer.limit() < RecordCodec.HEAD_SIZE_BYTES
                        ? 0
                        : RecordCodec.sizeBytes(buffer, 0).orElse(0);
        if (size > buffer.limit()) {
            buffer = ByteBuffer.allocate(size);
            Segment.read(channel, buffer, offset);
        }
        return RecordCodec.read(buffer, 0)
                .filter(read -> read.serial() == serial)
                .map(RecordCodec.Read::record)
                .orElseThrow(() ->
                        new LogDamaged(
                                segment.file(),
                                offset,
                                serial,
                                "the record was whole when the log was opened and is not"
                                        + " any more"));
    }

    private void requireForced(long size) {
        if (size < 0 || size > size()) {
            throw new IllegalArgumentException(
                    "the log has " + size() + " forced records, not " + size);
        }
    }
}
