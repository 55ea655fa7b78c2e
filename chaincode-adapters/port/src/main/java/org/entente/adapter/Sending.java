package org.entente.adapter;

import org.entente.protocol.Bytes;
import org.entente.protocol.Verdict;

import java.util.Optional;

/// How sending a prepared transaction ended. What it did to the inbox is not among it: that is what
/// [Chain#outcome] proves.
public sealed interface Sending {
    /// It is in a block and took its effect, if any.
    ///
    /// @param failure why the contract recorded nothing; it may be prepared again once that changed
    /// @param result what the contract answered
    record Included(long height, Optional<Failure> failure, Bytes result) implements Sending {}

    /// A chain's own word for why a transaction failed.
    ///
    /// @param code a name of the catalogue of faults, where the chain uses it
    record Failure(String code, String detail) {}

    /// The chain has taken it and not yet made it final: send the same again.
    ///
    /// @param height the block that has it, where it is in one; another or none afterwards: the
    ///   chain was reorganised
    record Waiting(Optional<Long> height) implements Sending {}

    /// Nobody knows whether it arrived: send the same again.
    record Unknown(String why) implements Sending {}

    /// What was prepared before it has not arrived: send that, then the same again.
    record Early(Verdict.Rejected why) implements Sending {}

    /// Its turn has passed, so it will never be included anew: ask [Chain#outcome], and prepare the
    /// call again if there is none.
    record Stale(Verdict.Rejected why) implements Sending {}

    /// The chain does not take it: the account, the size, the form.
    record Refused(Verdict.Rejected why) implements Sending {}
}
