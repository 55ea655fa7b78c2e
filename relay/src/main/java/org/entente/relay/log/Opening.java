package org.entente.relay.log;

/// A missing log is an error, not a fresh start: whoever wants a new one says so.
public enum Opening {
    /// There is none yet; make it.
    CREATE,
    /// It is there; go on with it.
    EXISTING
}
