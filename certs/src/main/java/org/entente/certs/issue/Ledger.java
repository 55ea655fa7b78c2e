package org.entente.certs.issue;

import org.entente.certs.Revocation;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The CA's memory: entries in one order, for all threads and processes that share it.
public interface Ledger {
    /// @param entries what is true from now on, if the answer is given
    record Decision<T>(T answer, List<LedgerEntry> entries) {
        public Decision {
            entries = Collections.unmodifiableList(entries);
        }
    }

    /// To whom a certificate was issued, and until when it holds.
    record Issued(NodeId holder, Instant notAfter) {}

    /// Looks, decides and remembers as one step that no other decision comes between. The answer is
    /// returned only when its entries are durable.
    <T> Parsed<T> decide(Function<LedgerState, Parsed<Decision<T>>> decision)
            throws LedgerUnavailable;

    /// Reads the whole ledger if it must: openings and revocations are rare.
    Optional<Issued> issued(Revocation certificate) throws LedgerUnavailable;
}
