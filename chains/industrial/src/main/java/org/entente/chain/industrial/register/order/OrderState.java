package org.entente.chain.industrial.register.order;

import org.entente.protocol.encoding.Coded;

/// CREATED →accept→ ACCEPTED →deliver→ DELIVERED →settle→ SETTLED; from ACCEPTED and DELIVERED
/// →dispute→ DISPUTED →resolve→ RESOLVED.
public enum OrderState implements Coded {
    CREATED(1),
    ACCEPTED(2),
    DELIVERED(3),
    SETTLED(4),
    DISPUTED(5),
    RESOLVED(6);

    private final int code;

    OrderState(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    /// Whether the next step may be this one.
    boolean leadsTo(OrderState next) {
        return switch (next) {
            case CREATED -> false;
            case ACCEPTED -> this == CREATED;
            case DELIVERED -> this == ACCEPTED;
            case SETTLED -> this == DELIVERED;
            case DISPUTED -> this == ACCEPTED || this == DELIVERED;
            case RESOLVED -> this == DISPUTED;
        };
    }
}
