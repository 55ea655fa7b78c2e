package org.entente.certs.issue;

/// The ledger cannot be read or written now; nothing was decided.
public final class LedgerUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public LedgerUnavailable(String message) {
        super(message);
    }
}
