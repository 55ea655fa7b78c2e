package org.entente.chain.industrial.app;

import org.entente.light.industrial.Lottery;

/// How many of the members have a seat.
public enum Sealing {
    /// As many as PBFT can use.
    FULL,
    /// 3f+1 with f a sixth of the members.
    COMMITTEE;

    int seats(int members) {
        return switch (this) {
            case FULL -> 3 * ((members - 1) / 3) + 1;
            case COMMITTEE -> Lottery.seats(members);
        };
    }
}
