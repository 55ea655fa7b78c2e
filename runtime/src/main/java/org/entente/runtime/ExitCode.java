package org.entente.runtime;

/// What the process's end says to who started it.
public enum ExitCode {
    OK(0),
    /// Something broke, or did not stop in time.
    FAILED(1),
    /// The command line or the configuration is wrong.
    USAGE(2);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
