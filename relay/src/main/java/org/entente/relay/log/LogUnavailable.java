package org.entente.relay.log;

import org.entente.protocol.Fault;
import org.jspecify.annotations.Nullable;

/// Nothing can be appended now. OVERLOADED: too many are waiting, nothing was taken. STOPPING: the
/// log is closed, nothing was taken. INTERNAL: a write or force failed; what was waiting may or may
/// not be on disk, and the process must stop.
public final class LogUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    LogUnavailable(Fault fault, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
