package org.entente.chain.industrial.http;

import org.entente.chain.CertifiedHeader;
import org.entente.chain.execution.Ledger;
import org.entente.chain.state.StateKey;
import org.entente.chain.state.StateProof;
import org.entente.protocol.Bytes;
import org.entente.protocol.Name;

import java.util.Optional;

/// What whoever follows the chain's headers verifies a record with, trusting no node.
///
/// @param key the canonical bytes of a `key`
/// @param value what it has; empty: nothing
/// @param header certified; its height says how fresh the answer is
record RegisterProof(Bytes key, Optional<Bytes> value, Bytes header, Bytes proof) {
    static RegisterProof of(Ledger last, Name register, Bytes key) {
        StateKey place = StateKey.store(register, key);
        return new RegisterProof(
                StateKey.FORMAT.encode(place),
                last.state().value(place),
                CertifiedHeader.FORMAT.encode(last.head()),
                StateProof.FORMAT.encode(last.state().prove(place)));
    }
}
