package org.entente.certs.pem;

/// A file of keys or passwords that is there and cannot be used; the message says what to do.
public final class KeyFileUnusable extends Exception {
    private static final long serialVersionUID = 1L;

    KeyFileUnusable(String message) {
        super(message);
    }

    KeyFileUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
