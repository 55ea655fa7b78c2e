package org.entente.agent.journal;

/// A journal is damaged, or another process uses it. The agent MUST NOT start with it.
public final class JournalUnusable extends Exception {
    private static final long serialVersionUID = 1L;

    public JournalUnusable(String message) {
        super(message);
    }

    public JournalUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
