package org.entente.protocol.merkle;

import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.List;
import java.util.Optional;

/// That a leaf stands at an index of a tree (RFC 9162 §2.1.3).
///
/// @param path the roots beside the way from the leaf up, lowest first
public record InclusionProof(long leafIndex, long leafCount, List<Digest> path) {
    /// A tree of 2⁶³−1 leaves is 63 levels high.
    public static final int PATH_COUNT_MAX = 63;

    public InclusionProof {
        if (leafIndex < 0 || leafIndex >= leafCount) {
            throw new IllegalArgumentException(
                    "no leaf " + leafIndex + " in a tree of " + leafCount + " leaves");
        }
        if (path.size() > PATH_COUNT_MAX) {
            throw new IllegalArgumentException("a path of " + path.size() + " hashes");
        }
        path = List.copyOf(path);
    }

    /// RFC 9162 §2.1.3.2.
    public Verdict verify(Digest leafHash, Digest root) {
        Optional<Digest> reached = root(leafHash);
        if (reached.isEmpty()) {
            return refused("its path is longer or shorter than the tree demands");
        }
        return reached.get().equals(root)
                ? Verdict.accepted()
                : refused("it leads to another root");
    }

    /// The root that the path leads to; empty when its length is not what the tree demands.
    public Optional<Digest> root(Digest leafHash) {
        long index = leafIndex;
        long last = leafCount - 1;
        Digest reached = leafHash;
        for (Digest beside : path) {
            if (last == 0) {
                return Optional.empty();
            }
            if ((index & 1) == 1 || index == last) {
                reached = TreeHash.node(beside, reached);
                while ((index & 1) == 0 && index != 0) {
                    index >>>= 1;
                    last >>>= 1;
                }
            } else {
                reached = TreeHash.node(reached, beside);
            }
            index >>>= 1;
            last >>>= 1;
        }
        return last == 0 ? Optional.of(reached) : Optional.empty();
    }

    public static void write(Encoder encoder, InclusionProof proof) {
        encoder.u64(proof.leafIndex)
                .u64(proof.leafCount)
                .list(proof.path, (each, hash) -> each.fixed(hash.bytes(), Digest.SIZE_BYTES));
    }

    public static InclusionProof read(Decoder decoder) {
        return new InclusionProof(
                decoder.u64(),
                decoder.u64(),
                decoder.list(PATH_COUNT_MAX, each -> new Digest(each.fixed(Digest.SIZE_BYTES))));
    }

    private Verdict refused(String why) {
        return Verdict.rejected(
                Fault.BAD_PROOF,
                "inclusion of leaf " + leafIndex + " in " + leafCount + ": " + why);
    }
}
