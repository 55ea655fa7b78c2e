package org.entente.trials.por;

/// A defect that is planted to see that an invariant names it.
enum Defect {
    NONE,
    /// Nodes call a block final below one other.
    FINAL_TOO_EARLY,
    /// Nodes tell of their blocks before they are kept, and often crash then.
    DISK_FORGETS,
    /// Nobody leaves who makes no blocks.
    SLACK_STAYS,
    /// Who makes no blocks leaves after n of them.
    SLACK_LEAVES_EARLY,
    /// A proposal takes effect when more than half agree.
    MAJORITY_IS_ENOUGH,
    /// One node executes blocks differently from the others.
    ONE_NODE_ERRS,
    /// One node lets go of a transaction of each block.
    ONE_NODE_OVERLOOKS,
    /// Nobody makes blocks any longer.
    NOBODY_WORKS
}
