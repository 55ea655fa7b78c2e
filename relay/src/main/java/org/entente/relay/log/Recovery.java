package org.entente.relay.log;

import org.entente.relay.log.BatchHeader.Kind;
import org.entente.relay.log.Recovered.Closing;
import org.entente.relay.log.Recovered.Cut;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// Reads all segments once, checks everything, cuts a torn tail or names the damage (docs/log.md
/// §5).
final class Recovery {
    private final SegmentFiles files;
    private final HashLevels levels;
    private final Places places;

    /// Where writing goes on, and what is reported.
    record Found(Segment segment, long position, Recovered recovered) {}

    Recovery(SegmentFiles files, HashLevels levels, Places places) {
        this.files = files;
        this.levels = levels;
        this.places = places;
    }

    Found run() throws IOException {
        try {
            return scan();
        } catch (IOException | RuntimeException e) {
            for (Segment segment : places.segments()) {
                segment.channel().close();
            }
            throw e;
        }
    }

    private Found scan() throws IOException {
        List<Path> present = files.present();
        requireNoGap(present);
        int last = present.size() - 1;
        boolean lastIsEmpty = isEmpty(present.get(last));
        Optional<Cut> cut = Optional.empty();
        Kind ended = Kind.OPENED;
        for (int index = 0; index < last; index++) {
            Segment segment = open(index);
            boolean mayBeTorn = index == last - 1 && lastIsEmpty;
            SegmentScan scan = new SegmentScan(segment, levels, places, mayBeTorn);
            scan.run();
            ended = scan.lastKind().orElse(ended);
            if (ended != Kind.CONTINUED) {
                if (!mayBeTorn) {
                    throw new LogDamaged(
                            segment.file(),
                            scan.position(),
                            levels.size(),
                            "it ends without saying that the log goes on, but segment "
                                    + (index + 1)
                                    + " has records");
                }
                cut = scan.cut();
                proceed(segment, scan.position());
            }
        }
        return finish(last, cut, ended);
    }

    private Found finish(int last, Optional<Cut> cutBefore, Kind before) throws IOException {
        Segment segment = open(last);
        SegmentScan scan = new SegmentScan(segment, levels, places, true);
        scan.run();
        Kind ended = scan.lastKind().orElse(before);
        if (scan.lastKind().equals(Optional.of(Kind.CONTINUED))) {
            throw new LogDamaged(
                    files.file(last + 1),
                    0,
                    levels.size(),
                    "the segment is missing: segment " + last + " says that the log goes on");
        }
        Closing closing =
                ended == Kind.CLOSED
                        ? Closing.IN_GOOD_ORDER
                        : last == 0 && scan.lastKind().isEmpty() && scan.cut().isEmpty()
                                ? Closing.NEW
                                : Closing.CRASHED;
        Optional<Cut> cut = scan.cut().or(() -> cutBefore);
        return new Found(
                segment, scan.position(), new Recovered(levels.size(), last + 1, closing, cut));
    }

    /// A crash came between the next segment and the word in this one that the log goes on there.
    private void proceed(Segment segment, long position) throws IOException {
        BatchBuffer batch = new BatchBuffer();
        batch.begin(levels.size());
        segment.write(batch.finish(Kind.CONTINUED, Log.root(levels)), position);
        segment.force();
    }

    private void requireNoGap(List<Path> present) throws LogDamaged {
        for (int index = 0; index < present.size(); index++) {
            Path file = files.file(index);
            if (!present.get(index).equals(file)) {
                throw new LogDamaged(
                        file,
                        0,
                        levels.size(),
                        "the segment is missing, but there is " + present.get(index).getFileName());
            }
        }
    }

    private Segment open(int index) throws IOException {
        FileChannel channel = files.open(files.file(index));
        try {
            Segment segment = new Segment(files.file(index), header(index, channel), channel);
            places.begin(segment);
            return segment;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private SegmentHeader header(int index, FileChannel channel) throws IOException {
        Path file = files.file(index);
        ByteBuffer block = ByteBuffer.allocate(BatchHeader.BLOCK_SIZE_BYTES);
        Segment.read(channel, block, 0);
        SegmentHeader header =
                SegmentHeader.read(block)
                        .orElseThrow(() -> damaged(file, "its header is damaged or foreign"));
        if (!header.logId().equals(files.logId())) {
            throw damaged(
                    file, "it belongs to log " + header.logId() + ", not to " + files.logId());
        }
        if (header.index() != index) {
            throw damaged(file, "it is segment " + header.index() + " under another's name");
        }
        if (header.sizeBytes() != channel.size()) {
            throw damaged(file, "it has " + channel.size() + " bytes, not " + header.sizeBytes());
        }
        if (header.firstSerial() != levels.size()) {
            throw damaged(
                    file,
                    "it begins with serial " + header.firstSerial() + ", not " + levels.size());
        }
        if (!header.root().equals(Log.root(levels))) {
            throw damaged(file, "it goes on from another root: of another history");
        }
        return header;
    }

    private LogDamaged damaged(Path file, String what) {
        return new LogDamaged(file, 0, levels.size(), what);
    }

    private static boolean isEmpty(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return SegmentScan.dataEnd(channel) <= BatchHeader.BLOCK_SIZE_BYTES;
        }
    }
}
