package org.entente.chain.industrial.store;

import org.entente.certs.Verifier;
import org.entente.chain.Block;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.EpochEnd;
import org.entente.chain.industrial.Kept;
import org.entente.chain.store.RecordLog;
import org.entente.light.industrial.Settings;
import org.entente.light.industrial.Trail;
import org.entente.protocol.Bytes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The ends of all epochs in `trail.log`, since the state that proves one is gone with the next
/// block (docs/chains/industrial.md §2.6). One thread settles; any number ask.
public final class TrailLog implements AutoCloseable {
    private static final long MAGIC = 0x456e745472616331L;
    private static final String FILE = "trail.log";

    private final RecordLog log;
    private final Settings settings;

    private TrailLog(RecordLog log, Settings settings) {
        this.log = log;
        this.settings = settings;
    }

    /// The blocks of a chain, from block 0 to the newest.
    @FunctionalInterface
    public interface Blocks {
        Block at(long height) throws IOException;
    }

    /// With all epochs that have ended. Those that the file does not have are made again from the
    /// blocks, all of which are executed for that.
    ///
    /// @param tip the newest final block
    public static TrailLog open(Path directory, Ledger tip, Blocks blocks, Verifier verifier)
            throws IOException {
        RecordLog log =
                RecordLog.open(
                        directory.resolve(FILE),
                        MAGIC,
                        tip.genesis().digest(),
                        Trail.FORMAT.sizeMax());
        TrailLog trail = new TrailLog(log, Kept.settings(tip.state()));
        if (trail.settings.last(log.count()) <= tip.height()) {
            trail.mend(tip, blocks, verifier);
        }
        return trail;
    }

    private void mend(Ledger tip, Blocks blocks, Verifier verifier) throws IOException {
        Ledger now = Ledger.begun(tip.genesis(), tip.governance(), blocks.at(0).certified());
        while (settings.last(log.count()) <= tip.height()) {
            now = now.apply(blocks.at(now.height() + 1), verifier).orThrow();
            settle(now);
        }
    }

    /// How many epochs have ended.
    public int count() {
        return log.count();
    }

    /// Takes a block that is final, each in its turn. Forced when this returns: the end of an epoch
    /// is settled before its block is appended to the chain, so that it is there whenever that is.
    public void settle(Ledger after) throws IOException {
        long epoch = settings.epoch(after.height());
        if (!settings.isLast(after.height()) || epoch < log.count()) {
            return;
        }
        if (epoch > log.count()) {
            throw new IllegalStateException(
                    "epoch %d ends where %d ends are kept".formatted(epoch, log.count()));
        }
        log.append(record(EpochEnd.of(after)));
    }

    private static Bytes record(Trail.Part part) {
        return Trail.FORMAT.encode(new Trail(List.of(part)));
    }

    /// The ends from an epoch's on, as many as are shown at once; none where it goes on.
    public Trail from(long epoch) throws IOException {
        List<Trail.Part> parts = new ArrayList<>();
        int count = log.count();
        int size = 0;
        for (long next = epoch; next >= 0 && next < count; next++) {
            Bytes record = log.at((int) next);
            size += record.size();
            if (parts.size() == Trail.COUNT_MAX
                    || (size > Trail.SHOWN_SIZE_BYTES_MAX && !parts.isEmpty())) {
                break;
            }
            parts.addAll(Trail.FORMAT.decode(record).orThrow().parts());
        }
        return new Trail(parts);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
