package org.entente.relay.log;

import org.entente.protocol.Digest;
import org.entente.protocol.merkle.TreeHash;
import org.entente.relay.log.BatchHeader.Kind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The one thread that gives serials and writes: takes what waits, renders it in order, writes and
/// forces it at once, then lets those who wait go (docs/log.md §7).
final class Committer implements Runnable {
    private final Intake intake;
    private final Appender appender;
    private final HashLevels levels;
    private final Places places;
    private final Consumer<Throwable> whenFailed;
    private final BatchBuffer batch = new BatchBuffer();
    private final List<Digest> leaves = new ArrayList<>();
    private Digest root;

    /// How many records are forced; publishes `levels` and `places` up to there.
    private volatile long size;

    Committer(
            Intake intake,
            Appender appender,
            HashLevels levels,
            Places places,
            Consumer<Throwable> whenFailed) {
        this.intake = intake;
        this.appender = appender;
        this.levels = levels;
        this.places = places;
        this.whenFailed = whenFailed;
        this.root = Log.root(levels);
        this.size = levels.size();
    }

    long size() {
        return size;
    }

    /// Says in the file that the log was opened or closed here.
    void mark(Kind kind) throws IOException {
        batch.begin(size);
        flush(kind);
    }

    @Override
    public void run() {
        try {
            for (Optional<Round> next = intake.take(); next.isPresent(); next = intake.take()) {
                commit(next.get());
            }
            mark(Kind.CLOSED);
        } catch (IOException | RuntimeException | Error e) {
            // A failed force may have dropped what it was to write: trying again proves nothing.
            intake.fail(e);
            whenFailed.accept(e);
        }
    }

    private void commit(Round round) throws IOException {
        try {
            batch.begin(size);
            for (Pending pending : round.drafts()) {
                render(pending);
                if (batch.isFull()) {
                    flush(Kind.RECORDS);
                    batch.begin(size);
                }
            }
            if (batch.recordCount() > 0) {
                flush(Kind.RECORDS);
            }
        } catch (IOException | RuntimeException | Error e) {
            round.failed(e);
            throw e;
        }
        round.succeeded();
    }

    private void render(Pending pending) {
        Optional<LogRecord> record;
        long serial = batch.nextSerial();
        try {
            record = pending.draft().at(serial);
        } catch (RuntimeException e) {
            pending.threw(e);
            return;
        }
        if (record.isPresent()) {
            batch.add(record.get());
            leaves.add(TreeHash.leaf(record.get().entry()));
            pending.placed(serial);
        }
    }

    private void flush(Kind kind) throws IOException {
        leaves.forEach(levels::append);
        leaves.clear();
        Digest after = Log.root(levels);
        long at = appender.append(batch, kind, size, root, after);
        for (int index = 0; index < batch.recordCount(); index++) {
            places.append(at + batch.offset(index));
        }
        root = after;
        size = levels.size();
    }
}
