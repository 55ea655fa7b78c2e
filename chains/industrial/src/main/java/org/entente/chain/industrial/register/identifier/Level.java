package org.entente.chain.industrial.register.identifier;

import org.entente.protocol.encoding.Coded;

/// Who is told what an identifier leads to (docs/chains/industrial-registers.md §3.4).
public enum Level implements Coded {
    /// Anybody.
    PUBLIC(1),
    /// Accounts of the chain's organisations.
    MEMBERS(2),
    /// Accounts of its owner and of the organisations that it names.
    GRANTED(3);

    private final int code;

    Level(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
