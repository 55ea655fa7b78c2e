package org.entente.relay.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One process, and in it one [Log], writes to a directory. The operating system releases the lock
/// with the process, however it ends.
record DirectoryLock(FileChannel channel) {
    private static final String FILE = "lock";

    static DirectoryLock take(Path directory) throws IOException {
        DurableDirectory.make(directory);
        Path file = directory.resolve(FILE);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new DirectoryLock(channel);
            }
        } catch (OverlappingFileLockException _) {
            // Held within this process: told like one that another process holds.
        }
        channel.close();
        throw new LogInUse(file);
    }

    void close() throws IOException {
        channel.close();
    }
}
