package org.entente.client;

/// The other side gave no answer in time; nothing is known about what it did.
public final class Unreachable extends Failure {
    private static final long serialVersionUID = 1;

    public Unreachable(String message, String next) {
        super(message, next);
    }
}
