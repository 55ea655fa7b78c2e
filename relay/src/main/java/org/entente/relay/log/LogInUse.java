package org.entente.relay.log;

import java.io.IOException;
import java.nio.file.Path;

/// Another process writes to the log of this directory.
public final class LogInUse extends IOException {
    private static final long serialVersionUID = 1L;

    LogInUse(Path lock) {
        super("the log is in use by another process: " + lock);
    }
}
