package org.entente.client.cli.command;

/// How the program ends, for scripts.
public enum Exit {
    OK(0, "done"),
    REFUSED(1, "refused; standard error says why and what to do next"),
    USAGE(2, "the command line or a file that it names is wrong"),
    UNREACHABLE(4, "no answer in time; nothing is known about what was done");

    private final int number;
    private final String words;

    Exit(int number, String words) {
        this.number = number;
        this.words = words;
    }

    public int number() {
        return number;
    }

    public String words() {
        return words;
    }
}
