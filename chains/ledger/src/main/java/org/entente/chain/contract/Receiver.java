package org.entente.chain.contract;

import org.entente.protocol.Verdict;

import java.time.Instant;

/// A contract that also takes what an alliance delivers to an inbox of its name (docs/ledger.md
/// §4.6). Deterministic, as its calls are.
public interface Receiver extends Contract {

    /// What it refuses the inbox refuses, for the same reason, and nothing of it is written.
    ///
    /// @param time of the block
    Verdict receive(Received received, Instant time, Store store);
}
