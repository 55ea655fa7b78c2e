package org.entente.trials.simulation;

/// What a relay that lies does beside its work.
enum RelayLie {
    NONE,
    /// A value in a delivery is another.
    ALTERS_PAYLOADS,
    /// One agent is shown a log in which an INVALID entry is VALID.
    FORGES_VERDICTS,
    /// One agent is shown a log with another time in one entry.
    FORKS,
    /// One agent is shown two entries in the other order.
    REORDERS,
    /// One agent is shown nothing beyond a size.
    WITHHOLDS,
    /// A delivery is given out with too few seals.
    UNSEALED
}
