package org.entente.protocol;

/// The kinds of trouble; the hundreds of a fault's number.
public enum FaultFamily {
    REQUEST,
    CONFLICT,
    POLICY,
    IDENTITY,
    QUORUM,
    CHAIN,
    LIMIT,
    INTERNAL;

    static FaultFamily of(int number) {
        return switch (number / 100) {
            case 1 -> REQUEST;
            case 2 -> CONFLICT;
            case 3 -> POLICY;
            case 4 -> IDENTITY;
            case 5 -> QUORUM;
            case 6 -> CHAIN;
            case 7 -> LIMIT;
            case 9 -> INTERNAL;
            default -> throw new IllegalArgumentException("no family has the number " + number);
        };
    }
}
