package org.entente.protocol.merkle;

import org.entente.protocol.Digest;

import java.util.ArrayList;
import java.util.List;

/// A tree of one size over stored subtree roots: its root, and the proofs of RFC 9162 §2.1.3.1 and
/// §2.1.4.1.
public record MerkleTree(Subtrees subtrees, long size) {
    public MerkleTree {
        if (size < 0) {
            throw new IllegalArgumentException("a tree has no negative size: " + size);
        }
    }

    /// A tree in memory.
    public static MerkleTree of(List<Digest> leafHashes) {
        List<List<Digest>> levels = new ArrayList<>();
        for (List<Digest> level = List.copyOf(leafHashes); !level.isEmpty(); level = above(level)) {
            levels.add(level);
        }
        return new MerkleTree(
                (height, index) -> levels.get(height).get(Math.toIntExact(index)),
                leafHashes.size());
    }

    private static List<Digest> above(List<Digest> level) {
        List<Digest> above = new ArrayList<>(level.size() / 2);
        for (int index = 0; index + 1 < level.size(); index += 2) {
            above.add(TreeHash.node(level.get(index), level.get(index + 1)));
        }
        return above;
    }

    public Digest root() {
        return size == 0 ? TreeHash.EMPTY_ROOT : root(0, size);
    }

    /// Proves that the leaf at `leafIndex` is in this tree.
    public InclusionProof inclusion(long leafIndex) {
        if (leafIndex < 0 || leafIndex >= size) {
            throw new IllegalArgumentException(
                    "no leaf " + leafIndex + " in a tree of " + size + " leaves");
        }
        List<Digest> path = new ArrayList<>();
        climb(leafIndex, 0, size, path);
        return new InclusionProof(leafIndex, size, path);
    }

    /// Proves that the tree of the first `earlierSize` leaves is a beginning of this one.
    public ConsistencyProof consistency(long earlierSize) {
        if (earlierSize < 0 || earlierSize > size) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " leaves extends none of " + earlierSize);
        }
        List<Digest> path = new ArrayList<>();
        if (earlierSize > 0 && earlierSize < size) {
            extend(earlierSize, 0, size, true, path);
        }
        return new ConsistencyProof(earlierSize, size, path);
    }

    /// What is needed to append to this tree.
    public Frontier frontier() {
        List<Digest> peaks = new ArrayList<>();
        long start = 0;
        for (long left = size; left > 0; left -= Long.highestOneBit(left)) {
            peaks.add(root(start, Long.highestOneBit(left)));
            start += Long.highestOneBit(left);
        }
        return new Frontier(size, peaks);
    }

    private void climb(long leafIndex, long start, long count, List<Digest> path) {
        if (count == 1) {
            return;
        }
        long left = leftCount(count);
        if (leafIndex < left) {
            climb(leafIndex, start, left, path);
            path.add(root(start + left, count - left));
        } else {
            climb(leafIndex - left, start + left, count - left, path);
            path.add(root(start, left));
        }
    }

    /// SUBPROOF of the RFC; `whole` says that the verifier knows the earlier tree's root already.
    private void extend(long earlier, long start, long count, boolean whole, List<Digest> path) {
        if (earlier == count) {
            if (!whole) {
                path.add(root(start, count));
            }
            return;
        }
        long left = leftCount(count);
        if (earlier <= left) {
            extend(earlier, start, left, whole, path);
            path.add(root(start + left, count - left));
        } else {
            extend(earlier - left, start + left, count - left, false, path);
            path.add(root(start, left));
        }
    }

    private Digest root(long start, long count) {
        if (Long.bitCount(count) == 1) {
            int level = Long.numberOfTrailingZeros(count);
            return subtrees.hash(level, start >>> level);
        }
        long left = leftCount(count);
        return TreeHash.node(root(start, left), root(start + left, count - left));
    }

    /// The largest power of two below `count`, which is at least 2.
    private static long leftCount(long count) {
        return Long.highestOneBit(count - 1);
    }
}
