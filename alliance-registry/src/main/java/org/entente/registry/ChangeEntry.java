package org.entente.registry;

import org.entente.protocol.log.Entry;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Outcome;

import java.time.Instant;

/// A change in its place in a log: what the folds take.
public record ChangeEntry(long serial, Instant time, SignedChange change) {
    /// The log's leaf for this change.
    public Entry entry() {
        return new Entry(
                serial,
                EntryKind.CHANGE,
                change.digest(),
                change.evidence(),
                Outcome.VALID,
                0,
                time);
    }
}
