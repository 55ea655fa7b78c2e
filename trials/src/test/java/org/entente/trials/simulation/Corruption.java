package org.entente.trials.simulation;

/// How an agent that is not honest behaves.
enum Corruption {
    /// Says nothing but hello.
    SILENT,
    /// Says everything seconds late.
    LATE,
    /// Says bytes that are a message no more.
    GARBAGE,
    /// Signs something else than it sends.
    WRONG_SIGNATURES,
    /// Proposes other values, and endorses whatever it is asked to.
    OTHER_PROPOSALS,
    /// Signs two proposals for one request and two roots for one size.
    EQUIVOCATING,
    /// Observes another end than there was.
    LYING_OBSERVER,
    /// Says that it has put values among the payloads, and has not.
    WITHHOLDING_PAYLOADS
}
