package org.entente.certs.pem;

import org.entente.protocol.Bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/// Writes a file so that after a crash there is the old content or the new, whole and forced.
final class AtomicFile {
    /// Who may read a file.
    enum Reader {
        OWNER("rw-------"),
        EVERYONE("rw-r--r--");

        private final String mode;

        Reader(String mode) {
            this.mode = mode;
        }
    }

    private AtomicFile() {}

    static void write(Path file, Bytes content, Reader reader) throws IOException {
        Path directory = parent(file);
        Path next = Files.createTempFile(directory, "." + file.getFileName(), ".next");
        try {
            Files.setPosixFilePermissions(next, PosixFilePermissions.fromString(reader.mode));
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer rest = content.asBuffer();
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
        force(directory);
    }

    static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root is no file");
    }

    /// A rename is durable when its directory is.
    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
