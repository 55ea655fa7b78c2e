package org.entente.chain.industrial.data;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.merkle.InclusionProof;
import org.entente.protocol.merkle.MerkleTree;
import org.entente.protocol.merkle.TreeHash;

import java.util.List;

/// The tree over encrypted chunks: a leaf's data are the bytes of a chunk as they are stored, so
/// its hash is the chunk's name too (docs/chains/industrial-data.md §2.2).
public final class Chunks {
    private Chunks() {}

    /// How many chunks so many bytes make.
    public static int count(long size) {
        return Math.toIntExact(Math.ceilDiv(size, (long) Content.CHUNK_SIZE_BYTES));
    }

    /// How many bytes a chunk has before encryption.
    public static int size(int index, long size) {
        long from = (long) index * Content.CHUNK_SIZE_BYTES;
        if (index < 0 || from >= size) {
            throw new IllegalArgumentException("no chunk " + index + " in " + size + " bytes");
        }
        return Math.toIntExact(Math.min(Content.CHUNK_SIZE_BYTES, size - from));
    }

    public static Digest leaf(Bytes stored) {
        return TreeHash.leaf(stored);
    }

    public static MerkleTree tree(List<Digest> leaves) {
        return MerkleTree.of(leaves);
    }

    /// Whether these are the bytes of one chunk of what was registered.
    public static Verdict verify(
            Bytes stored, int index, List<Digest> path, Content.Stored content) {
        if (index < 0 || index >= content.chunkCount()) {
            return Verdict.rejected(
                    Fault.BAD_PROOF,
                    "no chunk " + index + " of " + content.chunkCount() + " is registered");
        }
        if (path.size() > InclusionProof.PATH_COUNT_MAX) {
            return Verdict.rejected(Fault.BAD_PROOF, "a path of " + path.size() + " hashes");
        }
        return new InclusionProof(index, content.chunkCount(), path)
                .verify(leaf(stored), content.root());
    }
}
