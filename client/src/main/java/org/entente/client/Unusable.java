package org.entente.client;

/// What the caller named cannot be used: a file that is missing, a directory that is not one.
public final class Unusable extends Failure {
    private static final long serialVersionUID = 1;

    public Unusable(String message, String next) {
        super(message, next);
    }
}
