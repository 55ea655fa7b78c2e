package org.entente.agent.worker;

/// The relay did not answer, or is not the one whose key is pinned. Trying again may help.
public final class RelayUnreachable extends Exception {
    private static final long serialVersionUID = 1L;

    RelayUnreachable(String message) {
        super(message);
    }

    RelayUnreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
