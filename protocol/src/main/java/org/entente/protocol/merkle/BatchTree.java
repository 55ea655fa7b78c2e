package org.entente.protocol.merkle;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.util.List;

/// A small tree in memory: many digests under one signature (protocol.md §5.1, `endorsed` and
/// `attested`). The leaf data is the 32 bytes of each digest.
public final class BatchTree {
    public static final int LEAF_COUNT_MAX = 1_024;

    private final MerkleTree tree;

    private BatchTree(MerkleTree tree) {
        this.tree = tree;
    }

    public static BatchTree of(List<Digest> digests) {
        if (digests.isEmpty() || digests.size() > LEAF_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a batch has 1 to " + LEAF_COUNT_MAX + " leaves, not " + digests.size());
        }
        return new BatchTree(MerkleTree.of(digests.stream().map(BatchTree::leafHash).toList()));
    }

    public static Digest leafHash(Digest digest) {
        Bytes data = digest.bytes();
        return TreeHash.leaf(data);
    }

    public int leafCount() {
        return Math.toIntExact(tree.size());
    }

    public Digest root() {
        return tree.root();
    }

    public InclusionProof proof(int leafIndex) {
        return tree.inclusion(leafIndex);
    }
}
