package org.entente.trials.simulation;

/// A defect that is planted to see that an invariant names it.
enum Defect {
    NONE,
    /// The inbox contract applies whatever it is brought.
    INBOX_BELIEVES,
    /// The inbox contract applies a delivery each time it is brought.
    INBOX_APPLIES_TWICE,
    /// The agents' journals keep nothing.
    JOURNAL_FORGETS,
    /// The relay calls its log forced before it is.
    DISK_LIES,
    /// The relay tells the desk that everything is at the newest version.
    LOG_TAKES_STALE,
    /// Whoever asks is told that it is VALID.
    ANSWERS_INVENTED,
    /// The relay never asks anybody to deliver.
    NOTHING_IS_BROUGHT,
    /// Keys that were struck are counted.
    STRUCK_KEYS_COUNT
}
