package org.entente.protocol.log;

import org.entente.protocol.encoding.Coded;

/// How the check of an entry ended.
public enum Outcome implements Coded {
    VALID(1),

    INVALID(2);

    private final int code;

    Outcome(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
