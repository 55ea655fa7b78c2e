package org.entente.certs.journal;

import org.entente.certs.Revocation;
import org.entente.certs.issue.Ledger;
import org.entente.certs.issue.LedgerEntry;
import org.entente.certs.issue.LedgerFormat;
import org.entente.certs.issue.LedgerSearch;
import org.entente.certs.issue.LedgerState;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// The ledger in a file that several processes may use at once, the agent and the command line.
///
/// Each decision locks the file against other processes, reads what they appended, decides,
/// appends, forces, and only then answers. A torn last record was answered to nobody and is cut
/// off; any other damage stops the CA with [LedgerUnavailable] that names the place. Within one
/// process one instance serves all threads.
///
/// `OPEN → SHUT` by a failed write or by an interrupted thread (Java's channels close then); the
/// next decision reads the file anew from its beginning and is OPEN again. `→ CLOSED` is the end.
public final class FileLedger implements Ledger, Closeable {
    private static final int READ_SIZE_BYTES = 1024 * 1024;

    /// One decision writes a few records; what is cut off as torn cannot be more than that.
    private static final int TORN_SIZE_BYTES_MAX = 8 * LedgerFormat.SIZE_BYTES_MAX;

    /// The least that a disk writes.
    private static final int SECTOR_SIZE_BYTES = 512;

    private final Path file;

    /// Guards everything below, and stands before the lock of the file.
    private final ReentrantLock turn = new ReentrantLock();

    private FileChannel channel;
    private LedgerState state = new LedgerState();
    private long position;

    /// What the file had once; it is kept when the file is read anew.
    private long sizeMin;

    private boolean isClosed;

    private FileLedger(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Opens a ledger that exists; a missing one is an error, not a fresh start.
    public static FileLedger open(Path file) throws IOException {
        return open(file, StandardOpenOption.READ);
    }

    public static FileLedger create(Path file) throws IOException {
        FileLedger ledger = open(file, StandardOpenOption.CREATE_NEW);
        ledger.channel.force(true);
        return ledger;
    }

    private static FileLedger open(Path file, StandardOpenOption mode) throws IOException {
        return new FileLedger(file, channel(file, mode));
    }

    private static FileChannel channel(Path file, StandardOpenOption mode) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, mode);
    }

    @Override
    public <T> Parsed<T> decide(Function<LedgerState, Parsed<Decision<T>>> decision)
            throws LedgerUnavailable {
        return locked(() -> {
            catchUp();
            return switch (decision.apply(state)) {
                case Parsed.Refused<Decision<T>>(var why) -> new Parsed.Refused<T>(why);
                case Parsed.Value<Decision<T>>(var decided) -> {
                    append(decided.entries());
                    yield Parsed.of(decided.answer());
                }
            };
        });
    }

    @Override
    public Optional<Issued> issued(Revocation certificate) throws LedgerUnavailable {
        return locked(() -> {
            List<Issued> found = new ArrayList<>();
            read(0, entry -> LedgerSearch.issued(entry, certificate).ifPresent(found::add));
            return found.stream().findFirst();
        });
    }

    /// Reads all entries, oldest first, for people who look after the CA.
    public void entries(Consumer<LedgerEntry> reader) throws LedgerUnavailable {
        locked(() -> read(0, reader));
    }

    private void catchUp() throws IOException, LedgerUnavailable {
        if (channel.size() < sizeMin) {
            throw new LedgerUnavailable(file + " is shorter than it was: " + channel.size());
        }
        position = read(position, state::on);
        sizeMin = position;
        if (channel.size() - position > TORN_SIZE_BYTES_MAX) {
            throw damaged(position, "more is unreadable than one decision writes");
        }
        if (position < channel.size()) {
            channel.truncate(position);
            channel.force(true);
        }
    }

    /// Entries of one decision are one write, but may be torn between two: a certificate without
    /// its token's use cannot follow, since the use stands first.
    private void append(List<LedgerEntry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        List<ByteBuffer> records =
                entries.stream().map(LedgerFormat.FORMAT::encode).map(LedgerRecord::of).toList();
        ByteBuffer whole =
                ByteBuffer.allocate(records.stream().mapToInt(ByteBuffer::remaining).sum());
        records.forEach(whole::put);
        whole.flip();
        position = forced(whole);
        sizeMin = position;
        entries.forEach(state::on);
    }

    /// After a failed write or force nobody knows what the disk holds: what was written is taken
    /// back as far as that is possible, and the next decision reads what is there.
    private long forced(ByteBuffer whole) throws IOException {
        try {
            long end = position;
            while (whole.hasRemaining()) {
                end += channel.write(whole, end);
            }
            channel.force(true);
            return end;
        } catch (IOException e) {
            takeBack(e);
            throw e;
        }
    }

    private void takeBack(IOException why) {
        try (FileChannel failed = channel) {
            failed.truncate(position);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private void reopenIfShut() throws IOException {
        if (channel.isOpen()) {
            return;
        }
        if (isClosed) {
            throw new ClosedChannelException();
        }
        channel = channel(file, StandardOpenOption.READ);
        state = new LedgerState();
        position = 0;
    }

    private long read(long from, Consumer<LedgerEntry> reader)
            throws IOException, LedgerUnavailable {
        ByteBuffer buffer = ByteBuffer.allocate(READ_SIZE_BYTES);
        long at = from;
        long size = channel.size();
        while (at < size) {
            buffer.clear().limit((int) Math.min(READ_SIZE_BYTES, size - at));
            while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {}
            buffer.flip();
            long next = at + whole(buffer, at, reader);
            if (next == at) {
                return at;
            }
            at = next;
        }
        return at;
    }

    /// How many bytes of whole records the buffer begins with. What is left may be torn, or go on
    /// behind the buffer; the next round, which begins with it, will tell.
    private int whole(ByteBuffer buffer, long at, Consumer<LedgerEntry> reader)
            throws IOException, LedgerUnavailable {
        int used = 0;
        while (buffer.hasRemaining()) {
            switch (LedgerRecord.read(buffer)) {
                case LedgerRecord.Found.Whole(Bytes content, int size) -> {
                    reader.accept(entry(content, at + used));
                    used += size;
                }
                case LedgerRecord.Found.Torn() -> {
                    return used;
                }
                case LedgerRecord.Found.Damaged(String how) -> {
                    if (isUnwritten(at + used)) {
                        return used;
                    }
                    throw damaged(at + used, how);
                }
            }
        }
        return used;
    }

    /// Whether what fails its check is the file's last write, of which whole sectors did not
    /// arrive: then zeros stand from a sector's beginning in it to the end of the file. A flipped
    /// bit makes no sector zeros that was not so already.
    private boolean isUnwritten(long at) throws IOException {
        long size = channel.size();
        if (size - at > TORN_SIZE_BYTES_MAX) {
            return false;
        }
        ByteBuffer rest = ByteBuffer.allocate((int) (size - at));
        while (rest.hasRemaining() && channel.read(rest, at + rest.position()) >= 0) {}
        int end = rest.position();
        while (end > 0 && rest.get(end - 1) == 0) {
            end--;
        }
        long sector = (at + end + SECTOR_SIZE_BYTES - 1) / SECTOR_SIZE_BYTES * SECTOR_SIZE_BYTES;
        return sector < size;
    }

    private LedgerEntry entry(Bytes content, long at) throws LedgerUnavailable {
        return switch (LedgerFormat.FORMAT.decode(content)) {
            case Parsed.Value<LedgerEntry>(LedgerEntry entry) -> entry;
            case Parsed.Refused<LedgerEntry>(var why) -> throw damaged(at, why.toString());
        };
    }

    private LedgerUnavailable damaged(long at, String how) {
        return new LedgerUnavailable(
                file + " is damaged at byte " + at + ": " + how + "; restore it from a backup");
    }

    @FunctionalInterface
    private interface Work<T> {
        T perform() throws IOException, LedgerUnavailable;
    }

    private <T> T locked(Work<T> work) throws LedgerUnavailable {
        turn.lock();
        try {
            reopenIfShut();
            try (FileLock _ = channel.lock()) {
                return work.perform();
            }
        } catch (OverlappingFileLockException e) {
            throw new IllegalStateException(file + " is open twice in this process", e);
        } catch (IOException e) {
            throw new LedgerUnavailable("cannot use " + file + ": " + e.getMessage(), e);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        turn.lock();
        try {
            isClosed = true;
            channel.close();
        } finally {
            turn.unlock();
        }
    }
}
