package org.entente.chain.state;

import org.entente.chain.ChainPurpose;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;
import java.util.Optional;

/// What a state root says of one key: that it has this leaf, or that it was never written
/// (docs/ledger.md §3.3).
///
/// @param leaf where the way to the key ends: the key's own leaf, that of a key whose way begins
///   alike, or nothing
/// @param beside the subtrees beside the way, lowest first
public record StateProof(Optional<StateLeaf> leaf, List<Digest> beside) {
    static final int DEPTH_MAX = 256;
    public static final Format<StateProof> FORMAT =
            new Format<>(ChainPurpose.STATE_PROOF, 16 * 1024, StateProof::write, StateProof::read);

    public StateProof {
        beside = List.copyOf(beside);
        if (beside.size() > DEPTH_MAX) {
            throw new IllegalArgumentException("a way of " + beside.size() + " steps");
        }
    }

    /// The leaf of a key under a root, nothing when the key was never written, or why the proof
    /// proves neither.
    public Parsed<Optional<StateLeaf>> verify(StateKey asked, Digest root) {
        Digest index = asked.index();
        int depth = beside.size();
        boolean found = leaf.isPresent() && leaf.get().key().equals(asked);
        if (leaf.isPresent()
                && !found
                && !SparseTree.shareWay(index, leaf.get().key().index(), depth)) {
            return refused("it ends at a key whose way is another");
        }
        Digest reached = leaf.map(StateLeaf::hash).orElse(SparseTree.EMPTY_ROOT);
        if (!SparseTree.root(reached, index, beside).equals(root)) {
            return refused("it leads to another root");
        }
        return Parsed.of(found ? leaf : Optional.empty());
    }

    private static Parsed<Optional<StateLeaf>> refused(String why) {
        return Parsed.refused(Fault.BAD_PROOF, "a proof of the state: " + why);
    }

    private static void write(Encoder encoder, StateProof proof) {
        encoder.optional(proof.leaf, StateLeaf::write).list(proof.beside, Encoder::digest);
    }

    private static StateProof read(Decoder decoder) {
        return new StateProof(
                decoder.optional(StateLeaf::read), decoder.list(DEPTH_MAX, Decoder::digest));
    }
}
