package org.entente.trials.simulation;

/// A defect that is planted to see that an invariant names it.
enum Defect {
    NONE,
    /// The inbox contract applies whatever it is brought.
    INBOX_BELIEVES,
    /// The inbox contract applies a delivery each time it is brought.
    INBOX_APPLIES_TWICE,
    /// The agents' journals forget what was proposed and endorsed, and agents often crash then.
    JOURNAL_FORGETS,
    /// The relay calls its log forced before it is.
    DISK_LIES,
    /// The log has as VALID what read an old version.
    LOG_TAKES_STALE,
    /// The log has as VALID what one agent endorsed, as if others that do not count did.
    STRUCK_KEYS_COUNT,
    /// The log has as VALID what was asked with a certificate that is revoked by then.
    REVOKED_CERTIFICATES_COUNT,
    /// Whoever asks is told that it was applied.
    ANSWERS_INVENTED,
    /// The relay never asks anybody to deliver.
    NOTHING_IS_BROUGHT,
    /// The relay never asks anybody to propose.
    NOBODY_PROPOSES
}
