package org.entente.registry;

import org.entente.protocol.encoding.Coded;

/// What an alliance can decide about itself beside a new epoch record.
public enum Act implements Coded {
    SUSPEND(1),
    RESUME(2),
    DISSOLVE(3);

    private final int code;

    Act(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
