package org.entente.adapter;

/// The world is in the way: no answer in time, or from too few sources. Nothing was learned.
public final class ChainUnreachable extends Exception {
    private static final long serialVersionUID = 1L;

    public ChainUnreachable(String message) {
        super(message);
    }

    public ChainUnreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
