package org.entente.adapter.own;

import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.merkle.TreeHash;

import java.util.List;
import java.util.Optional;

/// What a state root says of one key (docs/ledger.md §3.3).
///
/// @param leaf where the way to the key ends: its own leaf, another's, or nothing
/// @param beside the subtrees beside the way, lowest first
public record StateProof(Optional<StateLeaf> leaf, List<Digest> beside) {
    private static final int DEPTH_MAX = 256;
    public static final Format<StateProof> FORMAT =
            new Format<>(ChainTag.STATE_PROOF, 16 * 1024, StateProof::write, StateProof::read);

    public StateProof {
        beside = List.copyOf(beside);
    }

    /// The key's leaf under a root, nothing when it was never written, or why neither is proved.
    public Parsed<Optional<StateLeaf>> verify(StateKey asked, Digest root) {
        Digest index = asked.index();
        int depth = beside.size();
        boolean found = leaf.isPresent() && leaf.get().key().equals(asked);
        if (leaf.isPresent() && !found && !isOnWay(leaf.get().key().index(), index, depth)) {
            return refused("it ends at a key whose way is another");
        }
        Digest reached = leaf.map(StateLeaf::hash).orElse(Digest.ZERO);
        for (int height = 0; height < depth; height++) {
            Digest other = beside.get(height);
            reached =
                    isRight(index, depth - 1 - height)
                            ? TreeHash.node(other, reached)
                            : TreeHash.node(reached, other);
        }
        if (!reached.equals(root)) {
            return refused("it leads to another root");
        }
        return Parsed.of(found ? leaf : Optional.empty());
    }

    private static boolean isOnWay(Digest end, Digest index, int depth) {
        for (int step = 0; step < depth; step++) {
            if (isRight(end, step) != isRight(index, step)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRight(Digest index, int depth) {
        return (index.bytes().at(depth >>> 3) >>> (7 - (depth & 7)) & 1) == 1;
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
