package org.entente.chain.contract;

import org.entente.chain.Action;
import org.entente.chain.Transaction;
import org.entente.chain.state.Position;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;

import java.time.Instant;

/// What a contract is asked, and all that it may know beside its data (docs/ledger.md §12.2).
///
/// @param caller whose transaction it is
/// @param transaction its id: no two calls of a chain have one
/// @param time of the block
/// @param position of the transaction
/// @param previous the digest of the header before
public record Call(
        String method,
        Bytes arguments,
        VerifyingKey caller,
        Digest transaction,
        Instant time,
        Position position,
        Digest previous) {

    public static Call of(
            Action.Call call,
            Transaction transaction,
            Instant time,
            Position position,
            Digest previous) {
        return new Call(
                call.method(),
                call.arguments(),
                transaction.account(),
                transaction.id(),
                time,
                position,
                previous);
    }

    /// The same for every node, another for every call. Whoever makes the block knows it before and
    /// may leave the call out, so nothing of worth may hang on it alone.
    public Digest random() {
        return Digest.of(previous.bytes().concat(transaction.bytes()));
    }

    /// What a contract answers to a method that it does not have.
    public <T> Parsed<T> unknownMethod() {
        return Parsed.refused(Fault.NOT_FOUND, "no method " + method);
    }
}
