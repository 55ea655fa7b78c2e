package org.entente.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

final class MerkleTreeTest {
    private static final long SEED = Long.getLong("seed", 20_261_121);

    private final Random random = new Random(SEED);

    @Test
    void every_tree_up_to_130_leaves_has_the_root_and_the_proofs_of_the_definition() {
        List<Bytes> all = NaiveTree.leaves(130, random);
        Frontier frontier = Frontier.EMPTY;
        for (int size = 0; size <= 130; size++) {
            List<Bytes> leaves = all.subList(0, size);
            MerkleTree tree = new MerkleTree(NaiveTree.subtrees(leaves), size);
            Digest root = NaiveTree.root(leaves);
            assertThat(tree.root()).isEqualTo(root);
            assertThat(frontier.root()).isEqualTo(root);
            assertThat(tree.frontier()).isEqualTo(frontier);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = tree.inclusion(index);
                if (size < 40 || index % 9 == size % 9) {
                    assertThat(proof.path()).isEqualTo(NaiveTree.path(index, leaves));
                }
                assertThat(proof.verify(TreeHash.leaf(leaves.get(index)), root))
                        .isEqualTo(Verdict.accepted());
            }
            for (int earlier = 0; earlier <= size; earlier++) {
                assertConsistent(tree, leaves, earlier, root);
            }
            if (size < 130) {
                frontier = frontier.append(TreeHash.leaf(all.get(size)));
            }
        }
    }

    @Test
    void random_trees_up_to_5000_leaves_have_the_root_and_the_proofs_of_the_definition() {
        for (int round = 0; round < 3; round++) {
            int size = 1 + random.nextInt(5_000);
            List<Bytes> leaves = NaiveTree.leaves(size, random);
            MerkleTree tree = new MerkleTree(NaiveTree.subtrees(leaves), size);
            Digest root = NaiveTree.root(leaves);
            Frontier frontier = Frontier.EMPTY;
            for (Bytes leaf : leaves) {
                frontier = frontier.append(TreeHash.leaf(leaf));
            }
            assertThat(tree.root()).as("seed %s", SEED).isEqualTo(root);
            assertThat(frontier.root()).isEqualTo(root);
            for (int check = 0; check < 10; check++) {
                int index = random.nextInt(size);
                InclusionProof proof = tree.inclusion(index);
                assertThat(proof.path()).isEqualTo(NaiveTree.path(index, leaves));
                assertThat(proof.verify(TreeHash.leaf(leaves.get(index)), root).isAccepted())
                        .isTrue();
                assertConsistent(tree, leaves, random.nextInt(size + 1), root);
            }
        }
    }

    @Test
    void a_batch_tree_has_the_root_and_the_proofs_of_its_digests() {
        for (int count : new int[] {1, 2, 3, 7, 8, 100, 1_023, BatchTree.LEAF_COUNT_MAX}) {
            List<Digest> digests =
                    NaiveTree.leaves(count, random).stream().map(Digest::of).toList();
            BatchTree tree = BatchTree.of(digests);
            assertThat(tree.root())
                    .isEqualTo(NaiveTree.root(digests.stream().map(Digest::bytes).toList()));
            for (int index = 0; index < count; index += 1 + count / 50) {
                assertThat(
                                tree.proof(index)
                                        .verify(BatchTree.leafHash(digests.get(index)), tree.root())
                                        .isAccepted())
                        .isTrue();
            }
        }
    }

    @Test
    void a_batch_tree_has_1_to_1024_leaves() {
        List<Digest> many = new ArrayList<>();
        for (int index = 0; index <= BatchTree.LEAF_COUNT_MAX; index++) {
            many.add(Digest.ZERO);
        }
        assertThatThrownBy(() -> BatchTree.of(many)).hasMessageContaining("1025");
        assertThatThrownBy(() -> BatchTree.of(List.of())).hasMessageContaining("not 0");
    }

    @Test
    void a_frontier_is_read_back_as_it_was_written_and_no_other_way() {
        Frontier frontier = Frontier.EMPTY;
        for (int size = 0; size < 70; size++) {
            Bytes bytes = Frontier.FORMAT.encode(frontier);
            assertThat(Frontier.FORMAT.decode(bytes)).isEqualTo(Parsed.of(frontier));
            for (int cut = 0; cut < bytes.size(); cut += 7) {
                assertThat(Frontier.FORMAT.decode(bytes.slice(0, cut)).verdict().isAccepted())
                        .isFalse();
            }
            frontier = frontier.append(Digest.of(bytes));
        }
        assertThatThrownBy(() -> new Frontier(3, List.of(Digest.ZERO)))
                .hasMessageContaining("3 leaves");
    }

    @Test
    void nothing_is_proved_outside_the_tree() {
        MerkleTree tree = new MerkleTree(NaiveTree.subtrees(NaiveTree.leaves(5, random)), 5);
        assertThatThrownBy(() -> tree.inclusion(5)).hasMessageContaining("no leaf 5");
        assertThatThrownBy(() -> tree.inclusion(-1)).hasMessageContaining("no leaf -1");
        assertThatThrownBy(() -> tree.consistency(6)).hasMessageContaining("none of 6");
    }

    private static void assertConsistent(
            MerkleTree tree, List<Bytes> leaves, int earlier, Digest root) {
        ConsistencyProof proof = tree.consistency(earlier);
        if (earlier > 0 && (leaves.size() < 40 || earlier % 9 == leaves.size() % 9)) {
            assertThat(proof.path()).isEqualTo(NaiveTree.proof(earlier, leaves));
        }
        MerkleTree before = new MerkleTree(tree.subtrees(), earlier);
        assertThat(proof.verify(before.root(), root)).isEqualTo(Verdict.accepted());
    }
}
