package org.entente.runtime;

/// What the process's end says to who started it.
public enum ExitCode {
    OK(0),
    /// It could not start, or did not stop in time.
    FAILED(1),
    /// The command line or the configuration is wrong.
    USAGE(2),
    /// It served, and ended by itself: it could not write what it decides, or was wrong about
    /// itself.
    BROKE(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
