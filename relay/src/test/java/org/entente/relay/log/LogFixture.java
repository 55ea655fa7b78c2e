package org.entente.relay.log;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/// Small logs whose records follow from their serial and a seed.
final class LogFixture {
    static final Digest ID = Digest.of(Bytes.utf8("the log of these tests"));
    static final long SEED = Long.getLong("seed", 20_261_121);
    static final long TINY_SIZE_BYTES = 1 << 16;

    private LogFixture() {}

    static Log create(Path directory) throws IOException {
        return Log.open(directory, ID, LogSettings.SMALL, Opening.CREATE, LogFixture::unexpected);
    }

    /// A log whose first segment is so small that reading it thousands of times is quick.
    static Log createTiny(Path directory) throws IOException {
        SegmentFiles files = new SegmentFiles(directory, FileChannel::open, ID);
        Files.createDirectories(directory);
        files.prepareSpare(TINY_SIZE_BYTES);
        files.adoptSpare(new SegmentHeader(ID, 0, TINY_SIZE_BYTES, 0, Log.root(new HashLevels())))
                .channel()
                .close();
        return reopen(directory);
    }

    static Recovery.Found recover(Path directory) throws IOException {
        SegmentFiles files = new SegmentFiles(directory, FileChannel::open, ID);
        Places places = new Places();
        Recovery.Found found = new Recovery(files, new HashLevels(), places).run();
        for (Segment segment : places.segments()) {
            segment.channel().close();
        }
        return found;
    }

    static Log reopen(Path directory) throws IOException {
        return Log.open(directory, ID, LogSettings.SMALL, Opening.EXISTING, LogFixture::unexpected);
    }

    static LogRecord record(long serial) {
        Random random = new Random(serial);
        return new LogRecord(
                Bytes.utf8("entente/entry/v1\0 number " + serial),
                random(random, 20 + random.nextInt(200)),
                random(random, random.nextInt(60)));
    }

    /// A record whose content is zeros: whole sectors of it look as if nobody had written them.
    static LogRecord silent(long serial, int size) {
        return new LogRecord(
                Bytes.utf8("entente/entry/v1\0 number " + serial),
                Bytes.copyOf(new byte[size]),
                Bytes.EMPTY);
    }

    static Draft draft() {
        return serial -> Optional.of(record(serial));
    }

    /// Appends `count` records in one batch: the first draft waits until all others are there.
    static void appendTogether(Log log, int count) throws LogUnavailable, InterruptedException {
        appendTogether(log, count, draft());
    }

    static void appendTogether(Log log, int count, Draft draft)
            throws LogUnavailable, InterruptedException {
        try (Gate gate = Gate.closed(log)) {
            List<Pending> pending = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                pending.add(log.submit(draft));
            }
            gate.open();
            for (Pending each : pending) {
                each.await();
            }
        }
    }

    static List<LogRecord> all(Log log) {
        return log.stream(0, log.size()).toList();
    }

    static Path segment(Path directory, int index) {
        return directory.resolve(String.format(Locale.ROOT, "%08d.segment", index));
    }

    /// The offset behind the last byte that is not zero.
    static int dataEnd(byte[] file) {
        int end = file.length;
        while (file[end - 1] == 0) {
            end--;
        }
        return end;
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(".segment")) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }

    private static Bytes random(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private static void unexpected(Throwable failure) {
        throw new AssertionError("the log failed", failure);
    }
}
