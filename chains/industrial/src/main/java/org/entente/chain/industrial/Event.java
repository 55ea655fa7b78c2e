package org.entente.chain.industrial;

import org.entente.chain.execution.Ledger;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;

/// What a node is told.
public sealed interface Event {
    record Heard(VerifyingKey peer, Message message) implements Event {}

    /// Whether transactions wait from now on.
    record Waits(boolean any) implements Event {}

    /// What [Step.Make] asked for.
    record Made(Turn turn, Ledger.Made made) implements Event {}

    /// What [Step.Execute] asked for.
    ///
    /// @param header the digest of the one that was to be made
    record Executed(Digest header, Parsed<Ledger.Made> result) implements Event {}

    /// Time has passed.
    record Tick() implements Event {}
}
