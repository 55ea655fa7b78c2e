package org.entente.registry;

import org.entente.protocol.encoding.Coded;

/// Why a certificate was revoked, with the numbers of RFC 5280 §5.3.1.
public enum RevocationReason implements Coded {
    UNSPECIFIED(0),
    KEY_COMPROMISE(1),
    CA_COMPROMISE(2),
    AFFILIATION_CHANGED(3),
    SUPERSEDED(4),
    CESSATION_OF_OPERATION(5),
    PRIVILEGE_WITHDRAWN(9);

    private final int code;

    RevocationReason(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
