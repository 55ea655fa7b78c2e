package org.entente.relay.log;

import org.entente.protocol.Digest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The directory of a log: numbered segments, and a spare that is already full of zeros
/// (docs/log.md §2).
final class SegmentFiles {
    private static final String SUFFIX = ".segment";
    private static final String SPARE = "spare.zeros";
    private static final int ZEROS_SIZE_BYTES = 1 << 20;

    private final Path directory;
    private final Disk disk;
    private final Digest logId;

    SegmentFiles(Path directory, Disk disk, Digest logId) {
        this.directory = directory;
        this.disk = disk;
        this.logId = logId;
    }

    Digest logId() {
        return logId;
    }

    Path file(int index) {
        return directory.resolve(String.format(Locale.ROOT, "%08d%s", index, SUFFIX));
    }

    static boolean isAnyIn(Path directory) throws IOException {
        return !present(directory).isEmpty();
    }

    /// The segment files there are, by name.
    List<Path> present() throws IOException {
        return present(directory);
    }

    private static List<Path> present(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return new ArrayList<>();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /// A missing log is an error, and so is one that is in the way of a new one.
    void require(Opening opening) throws IOException {
        boolean there = !present().isEmpty();
        if (opening == Opening.EXISTING && !there) {
            throw new NoSuchFileException(
                    directory.toString(),
                    null,
                    "there is no log here; the first start says --init");
        }
        if (opening == Opening.CREATE && there) {
            throw new FileAlreadyExistsException(
                    directory.toString(),
                    null,
                    "there is a log here already; start without --init");
        }
    }

    FileChannel open(Path file) throws IOException {
        return disk.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /// Writes the zeros now, so that later a force changes nothing but content. What stands in an
    /// old spare does not count: it never became a segment.
    void prepareSpare(long sizeBytes) throws IOException {
        Path spare = directory.resolve(SPARE);
        Files.deleteIfExists(spare);
        ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_SIZE_BYTES);
        try (FileChannel channel =
                disk.open(spare, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at = 0; at < sizeBytes; at += zeros.limit()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), sizeBytes - at));
                while (zeros.hasRemaining()) {
                    channel.write(zeros, at + zeros.position());
                }
            }
            channel.force(true);
        } catch (IOException e) {
            // On a full disk, half a spare would keep the last room from everything else.
            Files.deleteIfExists(spare);
            throw e;
        }
    }

    /// Makes the spare the segment that `header` says. Its name appears only when its header is on
    /// disk.
    Segment adoptSpare(SegmentHeader header) throws IOException {
        Path spare = directory.resolve(SPARE);
        Path file = file(header.index());
        FileChannel channel = open(spare);
        Segment segment = new Segment(file, header, channel);
        segment.write(header.block(), 0);
        segment.force();
        Files.move(spare, file, StandardCopyOption.ATOMIC_MOVE);
        DurableDirectory.force(directory);
        return segment;
    }
}
