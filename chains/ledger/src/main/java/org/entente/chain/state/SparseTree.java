package org.entente.chain.state;

import org.entente.protocol.Digest;
import org.entente.protocol.merkle.TreeHash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A binary Merkle tree over all 2²⁵⁶ places, of which a few are taken. A subtree with one leaf is
/// that leaf, one with none is zero; so a way is about log₂ of the count of keys long, and the root
/// follows from the leaves alone, in whatever order they came (docs/ledger.md §3.2).
///
/// Immutable: a new root shares all that did not change with the old one.
final class SparseTree {
    static final Digest EMPTY_ROOT = Digest.ZERO;
    static final SparseTree EMPTY = new SparseTree(new Nothing());

    private static final Comparator<Leaf> BY_PLACE = Comparator.comparing(Leaf::index);

    private final Node root;

    private SparseTree(Node root) {
        this.root = root;
    }

    sealed interface Node {
        Digest hash();

        long count();
    }

    private record Nothing() implements Node {
        @Override
        public Digest hash() {
            return EMPTY_ROOT;
        }

        @Override
        public long count() {
            return 0;
        }
    }

    /// @param content what of the item goes into the hash
    record Leaf(Digest index, Item item, StateLeaf content, Digest hash) implements Node {
        static Leaf of(Item item) {
            StateLeaf content = item.leaf();
            return new Leaf(item.key().index(), item, content, content.hash());
        }

        @Override
        public long count() {
            return 1;
        }
    }

    /// @param count of the leaves
    private record Fork(Node left, Node right, Digest hash, long count) implements Node {
        static Fork of(Node left, Node right) {
            return new Fork(
                    left,
                    right,
                    TreeHash.node(left.hash(), right.hash()),
                    left.count() + right.count());
        }
    }

    /// A subtree.
    ///
    /// @param beside the subtrees beside the way to it, lowest first
    /// @param items by their places, ascending
    record Part(List<Digest> beside, List<Item> items) {}

    Digest root() {
        return root.hash();
    }

    long count() {
        return root.count();
    }

    /// With leaves added or replaced; each key occurs once.
    SparseTree with(Collection<Leaf> leaves) {
        List<Leaf> sorted = new ArrayList<>(leaves);
        sorted.sort(BY_PLACE);
        return new SparseTree(put(root, 0, sorted));
    }

    /// By its place: the way there is shorter than one by comparing keys, and less of the memory is
    /// touched on it.
    Optional<Item> find(StateKey key) {
        return end(key.index(), _ -> {}) instanceof Leaf leaf && leaf.index.equals(key.index())
                ? Optional.of(leaf.item)
                : Optional.empty();
    }

    /// Where the way to a place ends.
    ///
    /// @param passed is handed what is beside the way
    private Node end(Digest index, Consumer<Node> passed) {
        Node node = root;
        for (int depth = 0; node instanceof Fork(Node left, Node right, _, _); depth++) {
            boolean isRight = isRight(index, depth);
            passed.accept(isRight ? left : right);
            node = isRight ? right : left;
        }
        return node;
    }

    /// The largest subtree that begins at a place and has at most so many leaves; nothing where
    /// none begins.
    Optional<Part> part(Digest from, int countMax) {
        List<Digest> beside = new ArrayList<>();
        Node node = root;
        while (node instanceof Fork(Node left, Node right, _, long count)
                && (count > countMax || !isFirst(from, beside.size()))) {
            boolean isRight = isRight(from, beside.size());
            beside.add(isRight ? left.hash() : right.hash());
            node = isRight ? right : left;
        }
        if (!isFirst(from, beside.size())) {
            return Optional.empty();
        }
        List<Item> items = new ArrayList<>();
        collect(node, items);
        return Optional.of(new Part(beside.reversed(), items));
    }

    private static void collect(Node node, List<Item> into) {
        switch (node) {
            case Nothing() -> {}
            case Leaf leaf -> into.add(leaf.item);
            case Fork(Node left, Node right, _, _) -> {
                collect(left, into);
                collect(right, into);
            }
        }
    }

    /// What a subtree at a depth has as its hash.
    ///
    /// @param items by their places, ascending
    static Digest hash(int depth, List<Item> items) {
        return build(depth, items.stream().map(Leaf::of).toList()).hash();
    }

    /// The root that a subtree leads to.
    ///
    /// @param index of any place in it
    /// @param beside the subtrees beside the way, lowest first
    static Digest root(Digest subtree, Digest index, List<Digest> beside) {
        Digest reached = subtree;
        int depth = beside.size();
        for (int height = 0; height < depth; height++) {
            Digest other = beside.get(height);
            reached =
                    isRight(index, depth - 1 - height)
                            ? TreeHash.node(other, reached)
                            : TreeHash.node(reached, other);
        }
        return reached;
    }

    /// Whether no place whose way is the same down to a depth is before this one.
    static boolean isFirst(Digest index, int depth) {
        for (int step = depth; step < StateProof.DEPTH_MAX; step++) {
            if (isRight(index, step)) {
                return false;
            }
        }
        return true;
    }

    StateProof prove(StateKey key) {
        List<Digest> beside = new ArrayList<>();
        Node node = end(key.index(), passed -> beside.add(passed.hash()));
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
            case Fork(Node left, Node right, _, _) -> {
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
        for (Leaf each : leaves) {
            if (each.index.equals(leaf.index)) {
                return leaves;
            }
        }
        List<Leaf> more = new ArrayList<>(leaves);
        more.add(leaf);
        more.sort(BY_PLACE);
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
