package org.entente.chain.por.mining;

/// How a search ended that was not given up.
public sealed interface Outcome {
    /// @param nonce the first that does, a u32
    record Found(long nonce) implements Outcome {}

    /// No nonce does: another template is needed.
    record Exhausted() implements Outcome {}
}
