package org.entente.runtime;

/// The process cannot start, for a reason that a person can mend; the message says it in full.
public final class StartRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;

    public StartRefused(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
