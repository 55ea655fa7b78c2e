package org.entente.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Purpose;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Format;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// A log leaf, an endorsement leaf and an inner node offered as each other (protocol.md §5.1).
final class ConfusionTest {
    /// Stands for an entry: what matters is that its bytes begin with their tag.
    private static final Format<Long> ENTRY =
            new Format<>(
                    Purpose.ENTRY,
                    64,
                    (encoder, serial) -> encoder.u64(serial),
                    decoder -> decoder.u64());

    private final List<Bytes> entries = entries();
    private final MerkleTree log = new MerkleTree(NaiveTree.subtrees(entries), entries.size());
    private final List<Digest> proposals = entries.stream().map(Digest::of).toList();
    private final BatchTree batch = BatchTree.of(proposals);

    @Test
    void a_log_leaf_is_no_inner_node() {
        Digest leaf = TreeHash.leaf(entries.getFirst());
        List<Digest> shortened = log.inclusion(0).path().subList(1, 3);
        refused(new InclusionProof(0, 4, shortened).verify(leaf, log.root()));
        refused(new InclusionProof(0, 8, shortened).verify(leaf, log.root()));
    }

    /// The two children of an inner node, joined, offered as the data of a leaf one level up.
    @Test
    void an_inner_node_is_no_log_leaf() {
        Bytes children =
                TreeHash.leaf(entries.get(0)).bytes().concat(TreeHash.leaf(entries.get(1)).bytes());
        List<Digest> above = log.inclusion(0).path().subList(1, 3);
        refused(new InclusionProof(0, 4, above).verify(TreeHash.leaf(children), log.root()));
        assertThat(ENTRY.decode(children).verdict().isAccepted()).isFalse();
    }

    /// The node's own hash does climb to the root, which is why a verifier hashes the entry it
    /// holds and takes the size from what was signed, never from the prover.
    @Test
    void an_inner_node_with_the_signed_size_is_no_log_leaf() {
        Digest node = TreeHash.node(TreeHash.leaf(entries.get(0)), TreeHash.leaf(entries.get(1)));
        List<Digest> above = log.inclusion(0).path().subList(1, 3);
        refused(new InclusionProof(0, entries.size(), above).verify(node, log.root()));
    }

    @Test
    void an_endorsement_leaf_is_no_log_leaf() {
        Bytes data = proposals.get(2).bytes();
        refused(log.inclusion(2).verify(TreeHash.leaf(data), log.root()));
        refused(batch.proof(2).verify(BatchTree.leafHash(proposals.get(2)), log.root()));
        assertThat(ENTRY.decode(data).verdict())
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> assertThat(rejected.fault()).isEqualTo(Fault.MALFORMED));
    }

    /// Even in a log whose leaves someone made of digests, no entry can be read from one.
    @Test
    void a_log_leaf_is_no_endorsement_leaf() {
        refused(batch.proof(2).verify(TreeHash.leaf(entries.get(2)), batch.root()));
        refused(log.inclusion(2).verify(TreeHash.leaf(entries.get(2)), batch.root()));
        assertThat(entries.get(2).size()).isNotEqualTo(Digest.SIZE_BYTES);
    }

    @Test
    void an_endorsement_s_inner_node_is_no_endorsement_leaf() {
        Digest node =
                TreeHash.node(
                        BatchTree.leafHash(proposals.get(0)), BatchTree.leafHash(proposals.get(1)));
        List<Digest> above = batch.proof(0).path().subList(1, 3);
        refused(new InclusionProof(0, 8, above).verify(node, batch.root()));
        refused(new InclusionProof(0, 4, above).verify(BatchTree.leafHash(node), batch.root()));
    }

    private static List<Bytes> entries() {
        List<Bytes> entries = new ArrayList<>();
        for (long serial = 0; serial < 8; serial++) {
            entries.add(ENTRY.encode(serial));
        }
        return entries;
    }

    private static void refused(Verdict verdict) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> assertThat(rejected.fault()).isEqualTo(Fault.BAD_PROOF));
    }
}
