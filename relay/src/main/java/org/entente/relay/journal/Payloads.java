package org.entente.relay.journal;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.relay.log.DurableDirectory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// Values by their digest, in pack files: appended, many forced together, deleted a whole pack at a
/// time once nobody needs anything in it (protocol.md §5.3).
///
/// A record is its size, the CRC32C of the value, the digest, the value. A torn tail is what nobody
/// was answered for. What an ordered exchange holds stays until it is released and the retention
/// has passed; what nothing holds goes after an hour.
public final class Payloads implements AutoCloseable {
    public static final int VALUE_SIZE_BYTES_MAX = 16 * 1024 * 1024;
    private static final long PACK_SIZE_BYTES_MAX = 64L << 20;
    private static final int HEAD_SIZE_BYTES = Integer.BYTES + Integer.BYTES + Digest.SIZE_BYTES;
    private static final String ENDING = ".pack";

    /// @param retention after a release
    /// @param unheld how long a value stays that nothing holds
    /// @param sizeBytesMax of all packs together
    public record Settings(Duration retention, Duration unheld, long sizeBytesMax) {
        public static final Settings STANDARD =
                new Settings(Duration.ofHours(24), Duration.ofHours(1), 8L << 30);
    }

    private static final class Pack {
        private final long number;
        private final Path file;
        private final FileChannel channel;
        private long size;

        private Pack(long number, Path file, FileChannel channel, long size) {
            this.number = number;
            this.file = file;
            this.channel = channel;
            this.size = size;
        }
    }

    private record Place(Pack pack, long offset, int size) {}

    private final Path folder;
    private final Settings settings;
    private final InstantSource clock;

    /// Guards everything below; forcing happens outside of it, by one thread at a time.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition forced = lock.newCondition();
    private final Map<Digest, Place> places = new HashMap<>();
    private final TreeMap<Long, Pack> packs = new TreeMap<>();

    /// How many exchanges hold each value.
    private final Map<Digest, Integer> holds = new HashMap<>();

    /// Until when a value stays that nothing holds.
    private final Map<Digest, Instant> until = new HashMap<>();

    private Pack open;
    private long written;
    private long forcedUpTo;
    private boolean forcing;

    public Payloads(Path folder, Settings settings, InstantSource clock) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.clock = clock;
        DurableDirectory.make(folder);
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
        }
        for (Path file : files) {
            take(file);
        }
        this.open = next();
    }

    private void take(Path file) throws IOException {
        String name = file.getFileName().toString();
        long number = Long.parseLong(name.substring(0, name.length() - ENDING.length()));
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Pack pack = new Pack(number, file, channel, 0);
        packs.put(number, pack);
        Instant kept = clock.instant().plus(settings.retention);
        while (true) {
            Optional<Bytes> value = record(pack, pack.size, channel.size());
            if (value.isEmpty()) {
                break;
            }
            Digest digest = Digest.of(value.get());
            places.put(digest, new Place(pack, pack.size, value.get().size()));
            until.put(digest, kept);
            pack.size += HEAD_SIZE_BYTES + value.get().size();
        }
        channel.truncate(pack.size);
    }

    /// The value whose record begins at an offset; nothing where the rest is torn.
    private static Optional<Bytes> record(Pack pack, long offset, long end) throws IOException {
        if (offset + HEAD_SIZE_BYTES > end) {
            return Optional.empty();
        }
        byte[] headBytes = read(pack.channel, offset, HEAD_SIZE_BYTES);
        ByteBuffer head = ByteBuffer.wrap(headBytes);
        int size = head.getInt(0);
        if (size < 0 || size > VALUE_SIZE_BYTES_MAX || offset + HEAD_SIZE_BYTES + size > end) {
            return Optional.empty();
        }
        Bytes value = Bytes.copyOf(read(pack.channel, offset + HEAD_SIZE_BYTES, size));
        Bytes digest = Bytes.copyOf(headBytes, Integer.BYTES + Integer.BYTES, HEAD_SIZE_BYTES);
        return checksum(value) == head.getInt(Integer.BYTES)
                        && Digest.of(value).bytes().equals(digest)
                ? Optional.of(value)
                : Optional.empty();
    }

    private static byte[] read(FileChannel channel, long offset, int size) throws IOException {
        byte[] bytes = new byte[size];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new IOException("a payload ends at " + (offset + buffer.position()));
            }
        }
        return bytes;
    }

    public boolean has(Digest digest) {
        lock.lock();
        try {
            return places.containsKey(digest);
        } finally {
            lock.unlock();
        }
    }

    public Optional<Bytes> find(Digest digest) throws IOException {
        Place place;
        lock.lock();
        try {
            place = places.get(digest);
        } finally {
            lock.unlock();
        }
        if (place == null) {
            return Optional.empty();
        }
        Bytes value =
                Bytes.copyOf(read(place.pack.channel, place.offset + HEAD_SIZE_BYTES, place.size));
        if (!Digest.of(value).equals(digest)) {
            throw new IOException(
                    place.pack.file + " at " + place.offset + ": it is no longer " + digest);
        }
        return Optional.of(value);
    }

    /// Returns when it is on disk; many that come at a time share one force.
    public Verdict put(Digest digest, Bytes value) throws IOException, InterruptedException {
        if (!Digest.of(value).equals(digest)) {
            return Verdict.rejected(Fault.UNBOUND, "the body has the digest " + Digest.of(value));
        }
        if (value.size() > VALUE_SIZE_BYTES_MAX) {
            return Verdict.rejected(Fault.TOO_LARGE, VALUE_SIZE_BYTES_MAX + " bytes are allowed");
        }
        lock.lockInterruptibly();
        try {
            if (!places.containsKey(digest)) {
                long all = packs.values().stream().mapToLong(pack -> pack.size).sum();
                if (all + value.size() > settings.sizeBytesMax) {
                    return Verdict.rejected(Fault.OVERLOADED, "there is no room for payloads now");
                }
                append(digest, value);
            }
            until.put(digest, clock.instant().plus(settings.unheld));
            force();
            return Verdict.accepted();
        } finally {
            lock.unlock();
        }
    }

    private void append(Digest digest, Bytes value) throws IOException {
        if (open.size > 0 && open.size + value.size() > PACK_SIZE_BYTES_MAX) {
            open.channel.force(false);
            open = next();
        }
        ByteBuffer record = ByteBuffer.allocate(HEAD_SIZE_BYTES + value.size());
        record.putInt(value.size())
                .putInt(checksum(value))
                .put(digest.bytes().asBuffer())
                .put(value.asBuffer())
                .flip();
        long at = open.size;
        while (record.hasRemaining()) {
            at += open.channel.write(record, at);
        }
        places.put(digest, new Place(open, open.size, value.size()));
        open.size = at;
        written++;
    }

    /// Waits until everything written so far is forced; whoever finds nobody forcing does it for
    /// all.
    private void force() throws IOException, InterruptedException {
        long wanted = written;
        while (forcedUpTo < wanted) {
            if (forcing) {
                forced.await();
            } else {
                forcing = true;
                long upTo = written;
                FileChannel channel = open.channel;
                lock.unlock();
                boolean done = false;
                try {
                    channel.force(false);
                    done = true;
                } finally {
                    lock.lock();
                    forcing = false;
                    if (done) {
                        forcedUpTo = Math.max(forcedUpTo, upTo);
                    }
                    forced.signalAll();
                }
            }
        }
    }

    private Pack next() throws IOException {
        long number = packs.isEmpty() ? 0 : packs.lastKey() + 1;
        Path file = folder.resolve("%012d%s".formatted(number, ENDING));
        Pack pack =
                new Pack(
                        number,
                        file,
                        FileChannel.open(
                                file,
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE),
                        0);
        packs.put(number, pack);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
        return pack;
    }

    /// An ordered exchange needs these until it releases them.
    public void hold(Collection<Digest> digests) {
        lock.lock();
        try {
            digests.forEach(digest -> holds.merge(digest, 1, Integer::sum));
        } finally {
            lock.unlock();
        }
    }

    public void release(Collection<Digest> digests) {
        lock.lock();
        try {
            Instant end = clock.instant().plus(settings.retention);
            for (Digest digest : digests) {
                holds.computeIfPresent(digest, (_, count) -> count == 1 ? null : count - 1);
                until.put(digest, end);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Deletes packs in which nobody needs anything any more; called every now and then.
    public void sweep() throws IOException {
        lock.lock();
        try {
            Instant now = clock.instant();
            Map<Pack, List<Digest>> contents = new HashMap<>();
            places.forEach((digest, place) ->
                    contents.computeIfAbsent(place.pack, _ -> new ArrayList<>()).add(digest));
            for (Pack pack : List.copyOf(packs.values())) {
                List<Digest> values = contents.getOrDefault(pack, List.of());
                boolean needed =
                        values.stream()
                                .anyMatch(digest ->
                                        holds.containsKey(digest)
                                                || until.getOrDefault(digest, Instant.MIN)
                                                        .isAfter(now));
                if (!needed && pack.number != open.number) {
                    values.forEach(digest -> {
                        places.remove(digest);
                        until.remove(digest);
                    });
                    packs.remove(pack.number);
                    pack.channel.close();
                    Files.delete(pack.file);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static int checksum(Bytes value) {
        CRC32C checksum = new CRC32C();
        checksum.update(value.asBuffer());
        return (int) checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            for (Pack pack : packs.values()) {
                pack.channel.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
