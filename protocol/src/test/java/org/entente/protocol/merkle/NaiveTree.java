package org.entente.protocol.merkle;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The definitions of RFC 6962 §2.1, word for word, over a list of leaves; and the subtree roots
/// that the real thing is given.
final class NaiveTree {
    private NaiveTree() {}

    static Digest root(List<Bytes> leaves) {
        if (leaves.isEmpty()) {
            return Digest.of(Bytes.EMPTY);
        }
        if (leaves.size() == 1) {
            return Digest.of(Bytes.fromHex("00").concat(leaves.getFirst()));
        }
        int left = split(leaves.size());
        return Digest.of(
                Bytes.fromHex("01")
                        .concat(root(leaves.subList(0, left)).bytes())
                        .concat(root(leaves.subList(left, leaves.size())).bytes()));
    }

    static List<Digest> path(int index, List<Bytes> leaves) {
        if (leaves.size() == 1) {
            return List.of();
        }
        int left = split(leaves.size());
        List<Bytes> first = leaves.subList(0, left);
        List<Bytes> second = leaves.subList(left, leaves.size());
        return index < left
                ? with(path(index, first), root(second))
                : with(path(index - left, second), root(first));
    }

    static List<Digest> proof(int earlier, List<Bytes> leaves) {
        return subproof(earlier, leaves, true);
    }

    static List<Bytes> leaves(int count, Random random) {
        List<Bytes> leaves = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            byte[] leaf = new byte[random.nextInt(80)];
            random.nextBytes(leaf);
            leaves.add(Bytes.copyOf(leaf));
        }
        return leaves;
    }

    static Subtrees subtrees(List<Bytes> leaves) {
        List<List<Digest>> levels = new ArrayList<>();
        levels.add(leaves.stream().map(TreeHash::leaf).toList());
        while (levels.getLast().size() > 1) {
            List<Digest> below = levels.getLast();
            List<Digest> level = new ArrayList<>();
            for (int index = 0; index + 1 < below.size(); index += 2) {
                level.add(TreeHash.node(below.get(index), below.get(index + 1)));
            }
            levels.add(level);
        }
        return (level, index) -> levels.get(level).get((int) index);
    }

    private static List<Digest> subproof(int earlier, List<Bytes> leaves, boolean whole) {
        if (earlier == leaves.size()) {
            return whole ? List.of() : List.of(root(leaves));
        }
        int left = split(leaves.size());
        List<Bytes> first = leaves.subList(0, left);
        List<Bytes> second = leaves.subList(left, leaves.size());
        return earlier <= left
                ? with(subproof(earlier, first, whole), root(second))
                : with(subproof(earlier - left, second, false), root(first));
    }

    private static List<Digest> with(List<Digest> path, Digest next) {
        List<Digest> longer = new ArrayList<>(path);
        longer.add(next);
        return longer;
    }

    private static int split(int count) {
        int left = 1;
        while (left * 2 < count) {
            left *= 2;
        }
        return left;
    }
}
