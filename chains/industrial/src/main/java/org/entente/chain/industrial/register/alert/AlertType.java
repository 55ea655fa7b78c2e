package org.entente.chain.industrial.register.alert;

import org.entente.protocol.encoding.Coded;

/// What there is to hear of (docs/chains/industrial-registers.md §6.1).
public enum AlertType implements Coded {
    NODE_OFFLINE(1),
    NODE_BANNED(2),
    VIEW_CHANGE(3),
    REPUTATION_LOW(4),
    CERTIFICATE_EXPIRING(5),
    DEVICE_SILENT(6),
    DEVICE_REFUSED(7),
    SERIES_GAP(8),
    CONTRACT_ABORTED(9),
    EXCHANGE_INVALID(10),
    /// The only one that no block says: what a node found in its own files.
    DATA_CORRUPT(11);

    private final int code;

    AlertType(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
