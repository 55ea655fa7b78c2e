package org.entente.client;

import org.entente.protocol.Digest;
import org.entente.protocol.log.Settlement;

import java.util.List;
import java.util.Optional;

/// What came of an asking, with every attempt that it took.
///
/// @param exchange names it over all its attempts
public record Outcome(Digest exchange, Ending ending, List<Attempt> attempts) {
    public Outcome {
        attempts = List.copyOf(attempts);
    }

    /// How it ended, as the relay says; a receipt proves it.
    public sealed interface Ending {}

    /// The inbox contract of the destination ended it.
    ///
    /// @param problem why it was refused, when it was
    public record Settled(Settlement.End end, long serial, Optional<Problem> problem)
            implements Ending {}

    /// It is VALID and sealed, and no more was waited for.
    public record Sealed(long serial) implements Ending {}

    /// It was entered as INVALID.
    ///
    /// @param reads for a fault about versions, each key with both, as JSON
    public record Invalid(Problem problem, long serial, List<String> reads) implements Ending {
        public Invalid {
            reads = List.copyOf(reads);
        }
    }

    /// It was never ordered.
    public record Failed(Problem problem) implements Ending {}

    /// The deadline passed before it ended: it may still end either way. Ask for its status, or ask
    /// the same again.
    ///
    /// @param seen the last that was heard of it
    public record Open(Optional<ExchangeStatus> seen) implements Ending {}

    /// One attempt.
    ///
    /// @param request the digest of its request
    /// @param sendings how often its bytes were sent
    /// @param events what came of it, in order and in words
    public record Attempt(int number, Digest request, int sendings, List<String> events) {
        public Attempt {
            events = List.copyOf(events);
        }
    }
}
