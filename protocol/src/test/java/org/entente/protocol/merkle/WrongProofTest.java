package org.entente.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Every way that a proof can be wrong is BAD_PROOF.
final class WrongProofTest {
    private static final int SIZE_MAX = 24;

    private final List<Bytes> all = NaiveTree.leaves(SIZE_MAX, new Random(7));

    @Test
    void a_flipped_bit_anywhere_in_an_inclusion_proof_is_refused() {
        for (int size : new int[] {1, 2, 3, 7, 8, 13, SIZE_MAX}) {
            for (int index = 0; index < size; index++) {
                InclusionProof proof = tree(size).inclusion(index);
                Digest leaf = TreeHash.leaf(all.get(index));
                for (int bit = 0; bit < 256; bit++) {
                    refused(proof.verify(flipped(leaf, bit), root(size)));
                    refused(proof.verify(leaf, flipped(root(size), bit)));
                }
                for (int step = 0; step < proof.path().size(); step++) {
                    for (int bit = 0; bit < 256; bit += 11) {
                        List<Digest> path = new ArrayList<>(proof.path());
                        path.set(step, flipped(path.get(step), bit));
                        refused(new InclusionProof(index, size, path).verify(leaf, root(size)));
                    }
                }
            }
        }
    }

    @Test
    void another_index_or_another_path_length_is_refused() {
        for (int size = 1; size <= SIZE_MAX; size++) {
            for (int index = 0; index < size; index++) {
                List<Digest> path = tree(size).inclusion(index).path();
                Digest leaf = TreeHash.leaf(all.get(index));
                for (int other = 0; other < size; other++) {
                    if (other != index) {
                        refused(new InclusionProof(other, size, path).verify(leaf, root(size)));
                    }
                }
                for (List<Digest> wrong : resized(path)) {
                    refused(new InclusionProof(index, size, wrong).verify(leaf, root(size)));
                }
            }
        }
    }

    /// A path says only how often it turns, so some sizes share one path; the root of the right
    /// size then still refuses it.
    @Test
    void another_size_is_refused_by_that_size_s_root() {
        for (int size = 1; size <= SIZE_MAX; size++) {
            for (int other = 1; other <= SIZE_MAX; other++) {
                for (int index = 0; index < Math.min(size, other); index++) {
                    if (other != size) {
                        InclusionProof claim =
                                new InclusionProof(
                                        index, other, tree(size).inclusion(index).path());
                        refused(claim.verify(TreeHash.leaf(all.get(index)), root(other)));
                    }
                }
            }
        }
    }

    @Test
    void a_wrong_consistency_proof_is_refused() {
        for (int size = 1; size <= SIZE_MAX; size++) {
            for (int earlier = 1; earlier <= size; earlier++) {
                List<Digest> path = tree(size).consistency(earlier).path();
                for (List<Digest> wrong : resized(path)) {
                    refused(claim(earlier, size, wrong));
                }
                for (int step = 0; step < path.size(); step++) {
                    List<Digest> wrong = new ArrayList<>(path);
                    wrong.set(step, flipped(path.get(step), (step * 37 + size) % 256));
                    refused(claim(earlier, size, wrong));
                }
                for (int other = 1; other <= size; other++) {
                    if (other != earlier) {
                        refused(claim(other, size, path));
                    }
                }
                ConsistencyProof proof = new ConsistencyProof(earlier, size, path);
                for (int bit = 0; bit < 256; bit += 17) {
                    refused(proof.verify(flipped(root(earlier), bit), root(size)));
                    refused(proof.verify(root(earlier), flipped(root(size), bit)));
                }
            }
        }
    }

    @Test
    void the_empty_tree_and_the_same_tree_need_no_path() {
        List<Digest> path = List.of(Digest.ZERO);
        refused(new ConsistencyProof(0, 3, path).verify(root(0), root(3)));
        refused(new ConsistencyProof(0, 3, List.of()).verify(root(1), root(3)));
        refused(new ConsistencyProof(3, 3, path).verify(root(3), root(3)));
        refused(new ConsistencyProof(3, 3, List.of()).verify(root(3), root(2)));
        refused(new ConsistencyProof(2, 3, List.of()).verify(root(2), root(3)));
    }

    /// CVE-2012-2459: trees that repeat an odd last node give two lists of leaves one root.
    @Test
    void a_repeated_last_leaf_changes_the_root() {
        for (int size = 1; size < SIZE_MAX; size++) {
            for (int repeated = 1; repeated <= Math.min(size, 4); repeated++) {
                List<Bytes> leaves = new ArrayList<>(all.subList(0, size));
                leaves.addAll(all.subList(size - repeated, size));
                MerkleTree longer = new MerkleTree(NaiveTree.subtrees(leaves), leaves.size());
                assertThat(longer.root()).isNotEqualTo(root(size));
                InclusionProof proof = longer.inclusion(leaves.size() - 1);
                refused(proof.verify(TreeHash.leaf(leaves.getLast()), root(size)));
            }
        }
    }

    private Verdict claim(int earlier, int size, List<Digest> path) {
        return new ConsistencyProof(earlier, size, path).verify(root(earlier), root(size));
    }

    private MerkleTree tree(int size) {
        return new MerkleTree(NaiveTree.subtrees(all.subList(0, size)), size);
    }

    private Digest root(int size) {
        return NaiveTree.root(all.subList(0, size));
    }

    private static List<List<Digest>> resized(List<Digest> path) {
        List<List<Digest>> wrong = new ArrayList<>();
        for (int count = 0; count < path.size(); count++) {
            wrong.add(path.subList(0, count));
            wrong.add(path.subList(count + 1, path.size()));
        }
        for (Digest more : new Digest[] {Digest.ZERO, TreeHash.EMPTY_ROOT}) {
            List<Digest> longer = new ArrayList<>(path);
            longer.add(more);
            wrong.add(longer);
            List<Digest> earlier = new ArrayList<>(path);
            earlier.addFirst(more);
            wrong.add(earlier);
        }
        return wrong;
    }

    private static Digest flipped(Digest digest, int bit) {
        byte[] bytes = digest.bytes().toArray();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return new Digest(Bytes.copyOf(bytes));
    }

    private static void refused(Verdict verdict) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> assertThat(rejected.fault()).isEqualTo(Fault.BAD_PROOF));
    }
}
