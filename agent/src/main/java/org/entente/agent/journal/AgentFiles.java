package org.entente.agent.journal;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The directory of an agent's journals. One process at a time uses it, so that one agent is active
/// for one key.
public final class AgentFiles implements Closeable {
    private final Path directory;
    private final FileChannel lock;
    private final FrameFile terms;

    /// Guarded by the instance.
    private long term;

    private AgentFiles(Path directory, FileChannel lock, FrameFile.Opened terms) {
        this.directory = directory;
        this.lock = lock;
        this.terms = terms.file();
        List<Bytes> frames = terms.frames();
        this.term = frames.isEmpty() ? 0 : frames.getLast().asBuffer().getLong();
    }

    public static AgentFiles open(Path directory) throws IOException, JournalUnusable {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(
                        directory.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new JournalUnusable(directory + " is used by another process");
        }
        return new AgentFiles(directory, channel, FrameFile.open(directory.resolve("terms")));
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /// The number of a next session, higher than any before and durable (docs/exchange.md §2). No
    /// lower than the time, so that a new directory for the same key does not begin below the old.
    ///
    /// @param atLeast milliseconds since 1970
    public synchronized long nextTerm(long atLeast) throws IOException {
        term = Math.max(term + 1, atLeast);
        terms.append(Bytes.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(term).array()));
        return term;
    }

    public DecisionJournal journal(AllianceId alliance) throws IOException, JournalUnusable {
        return DecisionJournal.open(directory.resolve(alliance + ".journal"));
    }

    /// Where the block of a chain is kept that was followed last.
    public FollowedFile followed(ChainId chain) throws IOException, JournalUnusable {
        return FollowedFile.open(directory.resolve(chain.toString().replace(':', '~') + ".chain"));
    }

    /// Where what was received is kept.
    public Path received() {
        return directory.resolve("received");
    }

    @Override
    public synchronized void close() throws IOException {
        terms.close();
        lock.close();
    }
}
