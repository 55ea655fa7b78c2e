package org.entente.client;

/// Why something asked for did not happen, and what to do next.
public abstract sealed class Failure extends Exception permits Refused, Unreachable, Unusable {
    private static final long serialVersionUID = 1;

    private final String next;

    Failure(String message, String next) {
        super(message);
        this.next = next;
    }

    /// What to do next, in words.
    public String next() {
        return next;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
