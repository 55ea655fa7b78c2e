package org.entente.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;

/// Files and directories that only their owner may read, replaced at once and durably.
public final class PrivateFile {
    private static final int PASSWORD_SIZE_BYTES = 24;

    private PrivateFile() {}

    public static void write(Path file, String text) throws IOException {
        Path directory = parent(file);
        Path next =
                Files.createTempFile(
                        directory, "." + file.getFileName(), ".next", mode("rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer rest = StandardCharsets.UTF_8.encode(text);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /// A fresh password: 192 random bits, so that nobody has to choose one.
    public static String freshPassword(SecureRandom random) {
        byte[] bytes = new byte[PASSWORD_SIZE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n";
    }

    public static void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, mode("rwx------"));
    }

    private static FileAttribute<?> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root is no file");
    }
}
