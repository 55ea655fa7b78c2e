package org.entente.relay.log;

import java.io.IOException;
import java.nio.file.Path;

/// What the files hold is not what was written to them: where, under which serial, and what is
/// wrong. A person must look; nothing is repaired by itself.
public final class LogDamaged extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;
    private final long serial;

    LogDamaged(Path file, long offset, long serial, String what) {
        super(file + " at " + offset + ", serial " + serial + ": " + what);
        this.file = file.toString();
        this.offset = offset;
        this.serial = serial;
    }

    public Path file() {
        return Path.of(file);
    }

    public long offset() {
        return offset;
    }

    /// The serial that stands or should stand there.
    public long serial() {
        return serial;
    }
}
