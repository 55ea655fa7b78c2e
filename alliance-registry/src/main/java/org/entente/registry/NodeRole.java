package org.entente.registry;

import org.entente.protocol.encoding.Coded;

/// What a node does for its organisation (protocol.md §1).
public enum NodeRole implements Coded {
    HOST(1),
    ENDORSER(2),
    SEALER(3),
    DELIVERER(4);

    private final int code;

    NodeRole(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
