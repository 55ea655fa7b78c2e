package org.entente.trials.industrial;

/// A defect that is planted to see that an invariant names it.
enum Defect {
    NONE,
    /// Nodes speak before they have promised, and often end then.
    DISK_FORGETS,
    /// A restart keeps the view and forgets what was prepared, and nodes often end.
    PREPARED_IS_FORGOTTEN,
    /// Signatures are not looked at.
    ANYTHING_IS_SIGNED,
    /// One node executes blocks differently from the others.
    ONE_NODE_ERRS,
    /// Nobody gives up a view.
    NOBODY_GIVES_UP,
    /// Reputation has a higher limit.
    NO_LIMIT,
    /// As many lie as a quorum can have in common with another.
    TOO_MANY_LIE,
    /// Transactions that should fail take effect.
    FAILED_TAKES_EFFECT,
    /// Fewer seats are drawn than the plan has.
    SEATS_STAY_EMPTY,
    /// Whoever replays the blocks goes by other rates.
    OTHER_RATES,
    /// One transaction is seen in a block twice.
    ONE_COMES_TWICE,
    /// Whoever reads the chain is shown the sealers before as those that follow.
    OLD_SEALERS_ARE_SHOWN
}
