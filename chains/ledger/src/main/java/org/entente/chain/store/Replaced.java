package org.entente.chain.store;

import org.entente.protocol.Bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One value on disk that is replaced again and again, in two files by turns: a write that is torn
/// leaves the value before. What was forced is there after whatever end, or is named as damaged
/// (docs/chains/industrial.md §9). For one thread.
public final class Replaced implements AutoCloseable {
    private static final int HEADER_SIZE_BYTES = 16;
    private static final int FILE_COUNT = 2;

    private final List<FileChannel> channels;
    private final Acknowledged acknowledged;
    private long number;
    private Bytes value;

    /// @param number how often it was replaced
    private record Kept(long number, Bytes value) {}

    private Replaced(List<FileChannel> channels, Acknowledged acknowledged, Kept kept) {
        this.channels = channels;
        this.acknowledged = acknowledged;
        this.number = kept.number;
        this.value = kept.value;
    }

    /// Begins with no value, in place of whatever is there.
    public static Replaced create(Path directory, String name) throws IOException {
        List<FileChannel> channels = channels(directory, name, StandardOpenOption.CREATE);
        // The first file says that there is no value only when the second says nothing.
        channels.get(1).truncate(0).force(true);
        channels.get(0).truncate(0);
        Kept none = new Kept(0, Bytes.EMPTY);
        Channels.write(channels.get(0), record(none), 0);
        channels.get(0).force(true);
        Acknowledged acknowledged = acknowledged(directory, name);
        acknowledged.write(0);
        acknowledged.force();
        Channels.forceDirectory(directory);
        return new Replaced(channels, acknowledged, none);
    }

    /// @throws StoreDamaged where what was forced is not there as it was written
    public static Replaced open(Path directory, String name) throws IOException {
        for (int index = 0; index < FILE_COUNT; index++) {
            if (!Files.exists(file(directory, name, index))) {
                throw new StoreDamaged(file(directory, name, index), 0, "it is missing");
            }
        }
        List<FileChannel> channels = channels(directory, name, StandardOpenOption.READ);
        Acknowledged acknowledged = acknowledged(directory, name);
        try {
            Optional<Kept> newest = Optional.empty();
            for (int index = 0; index < FILE_COUNT; index++) {
                int place = index;
                Optional<Kept> found =
                        kept(channels.get(index)).filter(it -> it.number % FILE_COUNT == place);
                boolean isNewer =
                        found.isPresent()
                                && newest.filter(it -> it.number > found.get().number).isEmpty();
                newest = isNewer ? found : newest;
            }
            long sure = acknowledged.read();
            if (newest.filter(it -> it.number >= sure).isEmpty()) {
                throw new StoreDamaged(
                        file(directory, name, (int) (sure % FILE_COUNT)),
                        0,
                        "number " + sure + " was kept and is not there whole");
            }
            return new Replaced(channels, acknowledged, newest.get());
        } catch (IOException e) {
            close(channels, acknowledged);
            throw e;
        }
    }

    private static Acknowledged acknowledged(Path directory, String name) throws IOException {
        return new Acknowledged(directory.resolve(name + ".acknowledged"));
    }

    private static Path file(Path directory, String name, int index) {
        return directory.resolve(name + "." + index);
    }

    private static List<FileChannel> channels(Path directory, String name, StandardOpenOption way)
            throws IOException {
        List<FileChannel> channels = new ArrayList<>();
        for (int index = 0; index < FILE_COUNT; index++) {
            channels.add(
                    FileChannel.open(
                            file(directory, name, index),
                            way,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE));
        }
        return channels;
    }

    private static Optional<Kept> kept(FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(Channels.read(channel, HEADER_SIZE_BYTES, 0));
        long number = header.getLong();
        int size = header.getInt();
        int crc = header.getInt();
        if (number < 0 || size < 0 || size > channel.size() - HEADER_SIZE_BYTES) {
            return Optional.empty();
        }
        Kept kept = new Kept(number, Bytes.copyOf(Channels.read(channel, size, HEADER_SIZE_BYTES)));
        return crc(kept) == crc ? Optional.of(kept) : Optional.empty();
    }

    private static ByteBuffer record(Kept kept) {
        return ByteBuffer.allocate(HEADER_SIZE_BYTES + kept.value.size())
                .putLong(kept.number)
                .putInt(kept.value.size())
                .putInt(crc(kept))
                .put(kept.value.asBuffer())
                .flip();
    }

    private static int crc(Kept kept) {
        CRC32C crc = new CRC32C();
        crc.update(
                ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                        .putLong(kept.number)
                        .putInt(kept.value.size())
                        .flip());
        crc.update(kept.value.asBuffer());
        return (int) crc.getValue();
    }

    /// Empty before the first was kept.
    public Bytes value() {
        return value;
    }

    /// Another value from now on: forced when this returns.
    public void replace(Bytes next) throws IOException {
        Kept kept = new Kept(number + 1, next);
        FileChannel channel = channels.get((int) (kept.number % FILE_COUNT));
        Channels.write(channel, record(kept), 0);
        channel.force(false);
        number = kept.number;
        value = next;
        acknowledged.write(number);
    }

    @Override
    public void close() throws IOException {
        acknowledged.force();
        close(channels, acknowledged);
    }

    private static void close(List<FileChannel> channels, Acknowledged acknowledged)
            throws IOException {
        for (FileChannel each : channels) {
            each.close();
        }
        acknowledged.close();
    }
}
