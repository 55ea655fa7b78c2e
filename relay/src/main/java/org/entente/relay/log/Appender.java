package org.entente.relay.log;

import org.entente.protocol.Digest;
import org.entente.relay.log.BatchHeader.Kind;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Writes finished batches one behind the other, each forced, and moves on to the next segment when
/// one does not fit. Owned by the committer thread.
final class Appender {
    /// The spare is begun when this part of the segment is used, so that it is ready long before.
    private static final int SPARE_AFTER_QUARTERS = 1;

    private final SegmentFiles files;
    private final Places places;
    private final LogSettings settings;
    private Segment segment;
    private long position;
    private @Nullable FutureTask<Void> spare;

    Appender(SegmentFiles files, Places places, LogSettings settings, Recovery.Found found) {
        this.files = files;
        this.places = places;
        this.settings = settings;
        this.segment = found.segment();
        this.position = found.position();
    }

    /// Writes and forces; answers where in its segment the batch begins.
    ///
    /// @param serial the size of the log before the batch
    /// @param before the root of that size, which a new segment's header repeats
    /// @param after the root behind the batch
    long append(BatchBuffer batch, Kind kind, long serial, Digest before, Digest after)
            throws IOException {
        ByteBuffer bytes = batch.finish(kind, after);
        if (!fits(bytes.limit())) {
            proceed(serial, before);
        }
        long at = position;
        segment.write(bytes, at);
        segment.force();
        position += bytes.limit();
        prepareAhead();
        return at;
    }

    /// A spare that could not be made is none of the log's: closing it needs no room.
    void close() throws IOException {
        if (spare != null) {
            isMade(spare);
        }
        for (Segment each : places.segments()) {
            each.channel().close();
        }
    }

    /// One block stays free for the word that the log goes on.
    private boolean fits(int size) {
        return position + size + BatchHeader.BLOCK_SIZE_BYTES <= segment.header().sizeBytes();
    }

    /// The next segment stands, with its header, before this one says that there is one; only then
    /// is anything written to it.
    private void proceed(long serial, Digest root) throws IOException {
        FutureTask<Void> begun = spare;
        spare = null;
        if (begun == null || !isMade(begun)) {
            // What failed in the background may be long ago: there may be room again.
            files.prepareSpare(settings.segmentSizeBytes());
        }
        Segment next =
                files.adoptSpare(
                        new SegmentHeader(
                                files.logId(),
                                segment.header().index() + 1,
                                settings.segmentSizeBytes(),
                                serial,
                                root));
        BatchBuffer word = new BatchBuffer();
        word.begin(serial);
        segment.write(word.finish(Kind.CONTINUED, root), position);
        segment.force();
        places.begin(next);
        segment = next;
        position = BatchHeader.BLOCK_SIZE_BYTES;
    }

    private void prepareAhead() {
        if (spare == null && position > segment.header().sizeBytes() * SPARE_AFTER_QUARTERS / 4) {
            FutureTask<Void> task =
                    new FutureTask<>(() -> {
                        files.prepareSpare(settings.segmentSizeBytes());
                        return null;
                    });
            spare = task;
            Thread.ofVirtual().name("log-spare").start(task);
        }
    }

    /// Waits until the attempt is over.
    private static boolean isMade(FutureTask<Void> task) {
        try {
            task.get();
            return true;
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the committer", e);
        }
    }
}
