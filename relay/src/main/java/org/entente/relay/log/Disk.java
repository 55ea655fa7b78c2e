package org.entente.relay.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// How the writer opens files: `FileChannel::open`, or a twin that fails when a test says so.
@FunctionalInterface
interface Disk {
    FileChannel open(Path file, OpenOption... options) throws IOException;
}
