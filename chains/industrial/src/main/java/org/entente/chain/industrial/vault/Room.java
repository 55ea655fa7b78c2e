package org.entente.chain.industrial.vault;

import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.io.IOException;
import java.nio.file.Path;

/// The room on a disk, of which some is kept free for the chain.
///
/// @param reserveSizeBytes that is kept
record Room(Path directory, Disk disk, long reserveSizeBytes) {
    private static final long SLACK_SIZE_BYTES = 1 << 20;

    /// Something that needs room.
    interface Writing<T> {
        Parsed<T> run() throws IOException;
    }

    <T> Parsed<T> guarded(long size, Writing<T> writing) throws IOException {
        if (disk.free(directory) - size < reserveSizeBytes) {
            return full();
        }
        try {
            return writing.run();
        } catch (IOException e) {
            // No exception of its own says so.
            if (disk.free(directory) < size + SLACK_SIZE_BYTES
                    || String.valueOf(e.getMessage()).contains("No space left")) {
                return full();
            }
            throw e;
        }
    }

    private static <T> Parsed<T> full() {
        return Parsed.refused(Fault.STORAGE_FULL, "the node's disk has no room left for data");
    }
}
