package org.entente.chain.industrial.data;

import org.entente.protocol.encoding.Coded;

/// What kind of data it is. All are stored and proved in one way.
public enum DataType implements Coded {
    SERIES(1),
    TEXT(2),
    IMAGE(3),
    VIDEO(4),
    BINARY(5);

    private final int code;

    DataType(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
