package org.entente.registry.journal;

import java.sql.SQLException;

/// Another process has the database open: no reason to remove its files.
final class Locked {
    private static final int H2_ALREADY_IN_USE = 90_020;

    private Locked() {}

    static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == H2_ALREADY_IN_USE) {
                return true;
            }
        }
        return false;
    }
}
