package org.entente.relay.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Makes directories that are still there after a power cut: a name is durable when the directory
/// in which it stands was forced.
public final class DurableDirectory {
    private DurableDirectory() {}

    /// Makes it with all that are missing above it. Forces the name also of one that is there: a
    /// crash may have come in between.
    public static void make(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null) {
            return;
        }
        if (!Files.isDirectory(parent)) {
            make(parent);
        }
        if (!Files.isDirectory(absolute)) {
            Files.createDirectory(absolute);
        }
        // A parent that we may not read is its owner's to keep.
        if (Files.isReadable(parent)) {
            force(parent);
        }
    }

    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
