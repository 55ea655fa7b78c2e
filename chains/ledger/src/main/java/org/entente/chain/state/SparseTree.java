package org.entente.chain.state;

import org.entente.protocol.Digest;
import org.entente.protocol.merkle.TreeHash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A binary Merkle tree over all 2²⁵⁶ places, of which a few are taken. A subtree with one leaf is
/// that leaf, one with none is zero; so a way is about log₂ of the count of keys long, and the root
/// follows from the leaves alone, in whatever order they came (docs/ledger.md §3.2).
///
/// Immutable: a new root shares all that did not change with the old one.
final class SparseTree {
    static final Digest EMPTY_ROOT = Digest.ZERO;
    static final SparseTree EMPTY = new SparseTree(new Nothing());

    private final Node root;

    private SparseTree(Node root) {
        this.root = root;
    }

    private sealed interface Node {
        Digest hash();
    }

    private record Nothing() implements Node {
        @Override
        public Digest hash() {
            return EMPTY_ROOT;
        }
    }

    private record Leaf(Digest index, StateLeaf content, Digest hash) implements Node {}

    private record Fork(Node left, Node right, Digest hash) implements Node {
        static Fork of(Node left, Node right) {
            return new Fork(left, right, TreeHash.node(left.hash(), right.hash()));
        }
    }

    Digest root() {
        return root.hash();
    }

    /// With leaves added or replaced; each key occurs once.
    SparseTree with(Collection<StateLeaf> leaves) {
        List<Leaf> sorted =
                leaves.stream()
                        .map(leaf -> new Leaf(leaf.key().index(), leaf, leaf.hash()))
                        .sorted(Comparator.comparing(Leaf::index))
                        .toList();
        return new SparseTree(put(root, 0, sorted));
    }

    StateProof prove(StateKey key) {
        Digest index = key.index();
        List<Digest> beside = new ArrayList<>();
        Node node = root;
        while (node instanceof Fork(Node left, Node right, _)) {
            boolean isRight = isRight(index, beside.size());
            beside.add(isRight ? left.hash() : right.hash());
            node = isRight ? right : left;
        }
        Optional<StateLeaf> end =
                node instanceof Leaf leaf ? Optional.of(leaf.content) : Optional.empty();
        return new StateProof(end, beside.reversed());
    }

    /// Whether the way to a place goes right at a depth.
    static boolean isRight(Digest index, int depth) {
        return (index.bytes().at(depth >>> 3) >>> (7 - (depth & 7)) & 1) == 1;
    }

    /// Whether two ways are the same down to a depth.
    static boolean shareWay(Digest one, Digest other, int depth) {
        for (int step = 0; step < depth; step++) {
            if (isRight(one, step) != isRight(other, step)) {
                return false;
            }
        }
        return true;
    }

    private static Node put(Node node, int depth, List<Leaf> leaves) {
        if (leaves.isEmpty()) {
            return node;
        }
        return switch (node) {
            case Nothing() -> build(depth, leaves);
            case Leaf leaf -> build(depth, beside(leaf, leaves));
            case Fork(Node left, Node right, _) -> {
                int middle = middle(leaves, depth);
                yield Fork.of(
                        put(left, depth + 1, leaves.subList(0, middle)),
                        put(right, depth + 1, leaves.subList(middle, leaves.size())));
            }
        };
    }

    private static Node build(int depth, List<Leaf> leaves) {
        if (leaves.isEmpty()) {
            return new Nothing();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int middle = middle(leaves, depth);
        return Fork.of(
                build(depth + 1, leaves.subList(0, middle)),
                build(depth + 1, leaves.subList(middle, leaves.size())));
    }

    /// The leaf that stood here joins those that come, unless one of them replaces it.
    private static List<Leaf> beside(Leaf leaf, List<Leaf> leaves) {
        if (leaves.stream().anyMatch(each -> each.index.equals(leaf.index))) {
            return leaves;
        }
        List<Leaf> more = new ArrayList<>(leaves);
        more.add(leaf);
        more.sort(Comparator.comparing(Leaf::index));
        return more;
    }

    private static int middle(List<Leaf> leaves, int depth) {
        int from = 0;
        int to = leaves.size();
        while (from < to) {
            int between = (from + to) >>> 1;
            if (isRight(leaves.get(between).index, depth)) {
                to = between;
            } else {
                from = between + 1;
            }
        }
        return from;
    }
}
