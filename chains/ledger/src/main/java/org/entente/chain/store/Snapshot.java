package org.entente.chain.store;

import org.entente.chain.CertifiedHeader;
import org.entente.chain.state.Item;
import org.entente.chain.state.State;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// The state after a block, in a file that is there whole or not at all (docs/ledger.md §7.3).
///
/// @param next where in the log the block after it begins
record Snapshot(Digest genesis, CertifiedHeader head, long next, State state) {
    private static final long MAGIC = 0x456e74536e617031L;
    private static final int BUFFER_SIZE_BYTES = 1 << 16;
    private static final String SUFFIX = ".snapshot";
    static final int COUNT_KEPT = 2;
    private static final int BATCH_COUNT = 4_096;

    /// Those in a directory, the newest first.
    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()
                    .reversed();
        }
    }

    /// Drops those that are older than the one before.
    void writeInto(Path directory, long height) throws IOException {
        write(directory.resolve(String.format(Locale.ROOT, "%020d%s", height, SUFFIX)));
        List<Path> all = files(directory);
        for (Path old : all.subList(Math.min(COUNT_KEPT, all.size()), all.size())) {
            Files.delete(old);
        }
    }

    void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try (FileChannel channel =
                FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            CheckedOutputStream checked =
                    new CheckedOutputStream(
                            new BufferedOutputStream(
                                    Channels.newOutputStream(channel), BUFFER_SIZE_BYTES),
                            new CRC32C());
            DataOutputStream out = new DataOutputStream(checked);
            writeContent(out);
            out.writeInt((int) checked.getChecksum().getValue());
            out.flush();
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        org.entente.chain.store.Channels.forceDirectory(file.resolveSibling("."));
    }

    private void writeContent(DataOutputStream out) throws IOException {
        out.writeLong(MAGIC);
        out.write(genesis.bytes().toArray());
        out.writeLong(next);
        part(out, CertifiedHeader.FORMAT.encode(head));
        out.writeLong(state.count());
        try {
            state.forEach(item -> {
                try {
                    part(out, Item.STORED.encode(item));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException("cannot write a snapshot: " + e.getMessage(), e);
        }
    }

    private static void part(DataOutputStream out, Bytes bytes) throws IOException {
        out.writeInt(bytes.size());
        out.write(bytes.toArray());
    }

    /// Reads a snapshot whose items make the state that its header commits to.
    static Snapshot read(Path file) throws IOException {
        CheckedInputStream checked =
                new CheckedInputStream(
                        new BufferedInputStream(Files.newInputStream(file), BUFFER_SIZE_BYTES),
                        new CRC32C());
        try (DataInputStream in = new DataInputStream(checked)) {
            if (in.readLong() != MAGIC) {
                throw new StoreDamaged(file, 0, "it is no snapshot");
            }
            Digest genesis = new Digest(Bytes.copyOf(in.readNBytes(Digest.SIZE_BYTES)));
            long next = in.readLong();
            CertifiedHeader head = parsed(file, CertifiedHeader.FORMAT.decode(part(file, in)));
            State state = state(file, in);
            int crc = (int) checked.getChecksum().getValue();
            if (in.readInt() != crc) {
                throw new StoreDamaged(file, 0, "its checksum is wrong");
            }
            if (!state.root().equals(head.header().stateRoot())) {
                throw new StoreDamaged(file, 0, "its items make another state than its header");
            }
            return new Snapshot(genesis, head, next, state);
        } catch (EOFException | IllegalArgumentException e) {
            throw new StoreDamaged(file, 0, "it is cut or garbled: " + e.getMessage());
        }
    }

    private static State state(Path file, DataInputStream in) throws IOException {
        State state = State.EMPTY;
        List<Item> batch = new ArrayList<>();
        for (long left = in.readLong(); left > 0; left--) {
            batch.add(parsed(file, Item.STORED.decode(part(file, in))));
            if (batch.size() == BATCH_COUNT || left == 1) {
                state = state.with(batch);
                batch.clear();
            }
        }
        return state;
    }

    private static Bytes part(Path file, DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 1 || size > Item.STORED.sizeMax()) {
            throw new StoreDamaged(file, 0, "a part of " + size + " bytes");
        }
        byte[] bytes = in.readNBytes(size);
        if (bytes.length != size) {
            throw new EOFException("in a part of " + size + " bytes");
        }
        return Bytes.copyOf(bytes);
    }

    private static <T> T parsed(Path file, Parsed<T> parsed) throws StoreDamaged {
        return switch (parsed) {
            case Parsed.Value<T>(T value) -> value;
            case Parsed.Refused<T>(var why) -> throw new StoreDamaged(file, 0, why.toString());
        };
    }
}
