package org.entente.client;

/// The other side gave no answer in time; nothing is known about what it did.
public final class Unreachable extends Failure {
    private static final long serialVersionUID = 1;

    /// Whether asking once more can help.
    public enum Kind {
        NO_ANSWER,
        /// It does not hold the key that was expected.
        WRONG_SERVER,
        /// We were told to stop.
        INTERRUPTED
    }

    private final Kind kind;

    public Unreachable(Kind kind, String message, String next) {
        super(message, next);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
