package org.entente.certs.pem;

import org.entente.protocol.Bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/// The password of key files, read from the first line of a file that only its owner may read.
public final class Password {
    private static final int FRESH_SIZE_BYTES = 24;
    private static final int SIZE_MIN = 8;
    private static final int SIZE_MAX = 256;
    private final char[] text;

    private Password(char[] text) {
        this.text = text;
    }

    public static Password read(Path file) throws IOException, KeyFileUnusable {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        if (mode.stream().anyMatch(bit -> !bit.name().startsWith("OWNER_"))) {
            throw new KeyFileUnusable(
                    file + " is open to others than its owner: chmod 600 " + file);
        }
        if (Files.size(file) > 4L * SIZE_MAX) {
            throw new KeyFileUnusable(file + " is too long for a password");
        }
        String line = Files.readString(file).lines().findFirst().orElse("");
        if (line.length() < SIZE_MIN || line.length() > SIZE_MAX) {
            throw new KeyFileUnusable(
                    "the first line of "
                            + file
                            + " has "
                            + line.length()
                            + " characters; a password has "
                            + SIZE_MIN
                            + " to "
                            + SIZE_MAX);
        }
        return new Password(line.toCharArray());
    }

    /// Makes a password that nobody knows, in a file of its own that did not exist before.
    public static Password create(Path file, SecureRandom random)
            throws IOException, KeyFileUnusable {
        if (Files.exists(file)) {
            throw new KeyFileUnusable(file + " exists already");
        }
        byte[] bytes = new byte[FRESH_SIZE_BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        AtomicFile.write(file, Bytes.utf8(text + "\n"), AtomicFile.Reader.OWNER);
        return read(file);
    }

    /// For one call of a key store; the store keeps it no longer than that.
    char[] copy() {
        return Arrays.copyOf(text, text.length);
    }

    @Override
    public String toString() {
        return "a password";
    }
}
