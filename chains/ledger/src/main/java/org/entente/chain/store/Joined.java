package org.entente.chain.store;

import org.entente.chain.CertifiedHeader;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a node joined its chain: the state that it began with, and the headers up to that. Both
/// are kept for ever (docs/ledger.md §7.6).
///
/// @param height of the block that the state is after
record Joined(Path file, long height, HeaderLog headers) implements AutoCloseable {
    private static final String SUFFIX = ".joined";
    private static final List<String> ENDS = List.of(SUFFIX, ".snapshot", ".unfinished");
    private static final List<String> NAMES =
            List.of(HeaderLog.FILE, HeaderLog.INDEX, "blocks.index");

    static Path file(Path directory, long height) {
        return directory.resolve(String.format(Locale.ROOT, "%020d%s", height, SUFFIX));
    }

    /// Nothing where a chain was begun with block 0.
    static Optional<Joined> in(Path directory) throws IOException {
        for (Path file : files(directory)) {
            String name = file.getFileName().toString();
            if (name.endsWith(SUFFIX)) {
                long height = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
                return Optional.of(new Joined(file, height, HeaderLog.open(directory)));
            }
        }
        return Optional.empty();
    }

    /// Removes what an unfinished beginning left.
    static void clear(Path directory) throws IOException {
        for (Path file : files(directory)) {
            String name = file.getFileName().toString();
            if (NAMES.contains(name) || ENDS.stream().anyMatch(name::endsWith)) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    /// There is nothing below it to begin with.
    Snapshot state(Digest genesis) throws IOException {
        Snapshot snapshot = Snapshot.read(file);
        CertifiedHeader head = snapshot.head();
        if (!snapshot.genesis().equals(genesis) || !head.equals(headers.at(height))) {
            throw new StoreDamaged(file, 0, "it is not the state behind " + HeaderLog.FILE);
        }
        return snapshot;
    }

    @Override
    public void close() throws IOException {
        headers.close();
    }
}
