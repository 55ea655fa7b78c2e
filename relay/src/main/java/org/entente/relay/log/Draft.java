package org.entente.relay.log;

import java.util.Optional;

/// What becomes a record once its serial is known.
@FunctionalInterface
public interface Draft {
    /// Called once, by the one committer thread, in the order of serials: this is where state is
    /// judged and time is assigned. Must not wait.
    ///
    /// Nothing is appended, and no serial used, when it answers nothing or throws a
    /// `RuntimeException`, which reaches whoever awaits.
    Optional<LogRecord> at(long serial);
}
