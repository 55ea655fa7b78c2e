package org.entente.protocol.log;

import org.entente.protocol.encoding.Coded;

/// What an entry of a log records.
public enum EntryKind implements Coded {
    /// A change of who belongs and under which rules.
    CHANGE(1),

    /// A submission, VALID or INVALID.
    EXCHANGE(2),

    /// That an exchange is not to be delivered any more, unless it was already.
    CANCEL(3),

    /// How the inbox contract ended an exchange.
    SETTLED(4);

    private final int code;

    EntryKind(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
