package org.entente.registry;

/// Whether an alliance exchanges: ACTIVE ⇄ SUSPENDED by an act, both → DISSOLVED for good.
public enum Standing {
    ACTIVE,
    SUSPENDED,
    DISSOLVED;

    /// Whether an act leads anywhere from here.
    boolean allows(Act act) {
        return switch (act) {
            case SUSPEND -> this == ACTIVE;
            case RESUME -> this == SUSPENDED;
            case DISSOLVE -> this != DISSOLVED;
        };
    }

    static Standing after(Act act) {
        return switch (act) {
            case SUSPEND -> SUSPENDED;
            case RESUME -> ACTIVE;
            case DISSOLVE -> DISSOLVED;
        };
    }
}
