package org.entente.chain.state;

import org.entente.protocol.encoding.Coded;

/// The parts of a state, which never mix.
public enum Area implements Coded {
    /// The chain's own keys.
    OWN(1),

    /// Accounts by their key.
    ACCOUNT(2),

    /// What an inbox contract keeps for itself: epochs, outcomes, closed ranges.
    CONTRACT(3),

    /// What an alliance wrote through an inbox contract.
    DELIVERED(4),

    /// What the chain's consensus keeps: its members and its settings.
    SYSTEM(5),

    /// Pacts that stand, by their ids.
    PACT(6),

    /// What a contract that accounts call keeps, by its name.
    STORE(7);

    private final int code;

    Area(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
