package org.entente.chain.industrial.vault;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// Files named by a hash, `ab/cd/<hash>`, each there whole or not at all: written beside, forced,
/// renamed, and the directory forced.
final class Shelf {
    private static final int LEVEL_SIZE = 2;

    private final Path root;
    private final Path workshop;
    private final Disk disk;
    private final AtomicLong count = new AtomicLong();

    /// @param workshop on the same file system, emptied at each start
    Shelf(Path root, Path workshop, Disk disk) {
        this.root = root;
        this.workshop = workshop;
        this.disk = disk;
    }

    void put(Digest name, Bytes content) throws IOException {
        Path file = file(name);
        Path folder = parent(file);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            disk.force(parent(folder));
            disk.force(root);
        }
        Path beside = workshop.resolve(name.hex() + "." + count.incrementAndGet());
        try {
            disk.write(beside, content);
            disk.rename(beside, file);
        } catch (IOException e) {
            disk.delete(beside);
            throw e;
        }
        disk.force(folder);
    }

    Optional<Bytes> get(Digest name) throws IOException {
        try {
            return Optional.of(Bytes.copyOf(Files.readAllBytes(file(name))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    boolean has(Digest name) {
        return Files.exists(file(name));
    }

    /// When it was put; a file that went meanwhile has just been.
    Instant since(Digest name, Instant now) throws IOException {
        try {
            return Files.getLastModifiedTime(file(name)).toInstant();
        } catch (NoSuchFileException e) {
            return now;
        }
    }

    void delete(Digest name) throws IOException {
        Path file = file(name);
        if (Files.exists(file)) {
            disk.delete(file);
            disk.force(parent(file));
        }
    }

    /// Overwritten before it goes.
    void destroy(Digest name) throws IOException {
        Path file = file(name);
        if (Files.exists(file)) {
            disk.blank(file);
            disk.delete(file);
            disk.force(parent(file));
        }
    }

    /// What each file is named.
    interface Visitor {
        void see(Digest name) throws IOException;
    }

    void forEach(Visitor visitor) throws IOException {
        for (Path first : below(root)) {
            for (Path second : below(first)) {
                for (Path file : below(second)) {
                    visitor.see(Digest.fromHex(String.valueOf(file.getFileName())));
                }
            }
        }
    }

    private static Path[] below(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toArray(Path[]::new);
        }
    }

    private Path file(Digest name) {
        String hex = name.hex();
        return root.resolve(hex.substring(0, LEVEL_SIZE))
                .resolve(hex.substring(LEVEL_SIZE, 2 * LEVEL_SIZE))
                .resolve(hex);
    }

    static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "a file stands in a directory");
    }
}
