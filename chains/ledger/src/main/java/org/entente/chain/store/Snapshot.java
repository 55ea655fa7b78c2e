package org.entente.chain.store;

import org.entente.chain.CertifiedHeader;
import org.entente.chain.state.Item;
import org.entente.chain.state.State;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The state after a block, in a file that is there whole or not at all (docs/ledger.md §7.3).
///
/// @param next where in the log the block after it begins
record Snapshot(Digest genesis, CertifiedHeader head, long next, State state) {
    private static final long MAGIC = 0x456e74536e617031L;
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
        WholeFile.write(file, this::writeContent);
    }

    private void writeContent(DataOutputStream out) throws IOException {
        out.writeLong(MAGIC);
        out.write(genesis.bytes().toArray());
        out.writeLong(next);
        WholeFile.part(out, CertifiedHeader.FORMAT.encode(head));
        out.writeLong(state.count());
        try {
            state.forEach(item -> {
                try {
                    WholeFile.part(out, Item.STORED.encode(item));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException("cannot write a snapshot: " + e.getMessage(), e);
        }
    }

    /// Reads a snapshot whose items make the state that its header commits to.
    static Snapshot read(Path file) throws IOException {
        return WholeFile.read(file, Snapshot::read);
    }

    private static Snapshot read(DataInputStream in) throws IOException {
        if (in.readLong() != MAGIC) {
            throw new IllegalArgumentException("it is no snapshot");
        }
        Digest genesis = new Digest(Bytes.copyOf(in.readNBytes(Digest.SIZE_BYTES)));
        long next = in.readLong();
        CertifiedHeader head = WholeFile.part(in, CertifiedHeader.FORMAT);
        State state = state(in);
        if (!state.root().equals(head.header().stateRoot())) {
            throw new IllegalArgumentException("its items make another state than its header");
        }
        return new Snapshot(genesis, head, next, state);
    }

    private static State state(DataInputStream in) throws IOException {
        State state = State.EMPTY;
        List<Item> batch = new ArrayList<>();
        for (long left = in.readLong(); left > 0; left--) {
            batch.add(WholeFile.part(in, Item.STORED));
            if (batch.size() == BATCH_COUNT || left == 1) {
                state = state.with(batch);
                batch.clear();
            }
        }
        return state;
    }
}
