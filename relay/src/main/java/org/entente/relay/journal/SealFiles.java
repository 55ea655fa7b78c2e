package org.entente.relay.journal;

import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.log.Sealed;
import org.entente.relay.Effect;
import org.entente.relay.log.DurableDirectory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// The seals that majorities made over one alliance's log: those that end an epoch for ever, and of
/// the others the newest.
///
/// `newest` has two places, written in turn, so that a crash leaves one of them whole; it is
/// written with one force. `epoch-<size>` is written once.
public final class SealFiles {
    private static final String NEWEST = "newest";
    private static final String EPOCH = "epoch-";
    private static final int PLACE_SIZE_BYTES = 48 * 1024;
    private static final int HEAD_SIZE_BYTES = Integer.BYTES + Integer.BYTES;

    private final Path folder;
    private int turn;

    public SealFiles(Path folder) throws IOException {
        this.folder = folder;
        DurableDirectory.make(folder);
        Path newest = folder.resolve(NEWEST);
        if (Files.exists(newest)) {
            this.turn = placeOfNewest(Files.readAllBytes(newest));
        }
    }

    /// The other place is written next.
    private static int placeOfNewest(byte[] file) {
        long first = at(file, 0).map(sealed -> sealed.seal().size()).orElse(-1L);
        long second = at(file, PLACE_SIZE_BYTES).map(sealed -> sealed.seal().size()).orElse(-1L);
        return first > second ? 0 : 1;
    }

    /// All that are kept, ascending by size.
    public List<Sealed> kept() throws IOException {
        List<Sealed> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                all.addAll(read(file));
            }
        }
        all.sort(Comparator.comparingLong(sealed -> sealed.seal().size()));
        return all;
    }

    private static List<Sealed> read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<Sealed> found = new ArrayList<>();
        at(bytes, 0).ifPresent(found::add);
        at(bytes, PLACE_SIZE_BYTES).ifPresent(found::add);
        return found;
    }

    /// What stands whole at a place.
    private static Optional<Sealed> at(byte[] file, int place) {
        if (place + HEAD_SIZE_BYTES > file.length) {
            return Optional.empty();
        }
        ByteBuffer head = ByteBuffer.wrap(file);
        int size = head.getInt(place);
        int begin = place + HEAD_SIZE_BYTES;
        if (size <= 0 || size > file.length - begin) {
            return Optional.empty();
        }
        Bytes sealed = Bytes.copyOf(file, begin, begin + size);
        return checksum(sealed) == head.getInt(place + Integer.BYTES)
                        && Sealed.FORMAT.decode(sealed)
                                instanceof Parsed.Value<Sealed>(Sealed value)
                ? Optional.of(value)
                : Optional.empty();
    }

    /// Returns when it is on disk.
    public void keep(Sealed sealed, Effect.Keep keep) throws IOException {
        if (keep == Effect.Keep.FOR_EVER) {
            write(folder.resolve(EPOCH + sealed.seal().size()), 0, sealed);
        }
        turn = 1 - turn;
        write(folder.resolve(NEWEST), turn * PLACE_SIZE_BYTES, sealed);
    }

    private void write(Path file, int place, Sealed sealed) throws IOException {
        Bytes bytes = Sealed.FORMAT.encode(sealed);
        ByteBuffer record = ByteBuffer.allocate(HEAD_SIZE_BYTES + bytes.size());
        record.putInt(bytes.size()).putInt(checksum(bytes)).put(bytes.asBuffer()).flip();
        boolean fresh = !Files.exists(file);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long at = place;
            while (record.hasRemaining()) {
                at += channel.write(record, at);
            }
            channel.force(fresh);
        }
        if (fresh) {
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    private static int checksum(Bytes bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.asBuffer());
        return (int) checksum.getValue();
    }
}
