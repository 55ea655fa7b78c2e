package org.entente.agent.pem;

/// Files that the agent cannot work from; the message says which, why, and what to do.
public final class FilesUnusable extends Exception {
    private static final long serialVersionUID = 1L;

    FilesUnusable(String message) {
        super(message);
    }

    FilesUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
