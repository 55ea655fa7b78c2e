package org.entente.adapter.own;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.util.Optional;

/// A key's leaf and value under a header that is final, each of them checked.
///
/// @param leaf empty: it was never written
public record Proved(
        CertifiedHeader certified, StateKey key, Optional<StateLeaf> leaf, Optional<Bytes> value) {

    /// @param value what the source says it is; the leaf has its digest
    public static Parsed<Proved> of(
            StateKey key, CertifiedHeader certified, Bytes proof, Optional<Bytes> value) {
        return StateProof.FORMAT
                .decode(proof)
                .then(it -> it.verify(key, certified.header().stateRoot()))
                .then(leaf -> of(key, certified, leaf, value));
    }

    private static Parsed<Proved> of(
            StateKey key,
            CertifiedHeader certified,
            Optional<StateLeaf> leaf,
            Optional<Bytes> value) {
        if (!leaf.flatMap(StateLeaf::value).equals(value.map(Digest::of))) {
            return Parsed.refused(
                    Fault.BAD_PROOF,
                    "the value at " + key.key() + " is not the one that is proved");
        }
        long height = certified.header().height();
        if (leaf.flatMap(StateLeaf::height).orElse(0L) > height) {
            return Parsed.refused(
                    Fault.BAD_PROOF,
                    key.key() + " was written after block " + height + ", whose state this is");
        }
        return Parsed.of(new Proved(certified, key, leaf, value));
    }

    long height() {
        return certified.header().height();
    }

    /// Since which height it is known to be so: a key was not written between its last write and
    /// the block whose state shows it, and one that is absent was never written before.
    long since() {
        return leaf.isEmpty() ? 0 : leaf.get().height().orElse(height());
    }
}
