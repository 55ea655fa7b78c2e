package org.entente.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The eight leaves of Certificate Transparency's own tests.
final class MerkleVectorTest {
    private final JsonNode vectors =
            JsonMapper.builder()
                    .build()
                    .readTree(Path.of("..", "docs", "vectors", "merkle.json").toFile());
    private final List<Bytes> leaves = new ArrayList<>();

    MerkleVectorTest() {
        vectors.get("leaves").forEach(leaf -> leaves.add(Bytes.fromHex(leaf.asString())));
    }

    @Test
    void leaves_and_roots_are_those_of_the_vectors() {
        Frontier frontier = Frontier.EMPTY;
        for (int size = 0; size <= leaves.size(); size++) {
            Digest root = digest(vectors.get("roots").get(size));
            assertThat(tree(size).root()).isEqualTo(root);
            assertThat(frontier.root()).isEqualTo(root);
            if (size < leaves.size()) {
                Digest leaf = TreeHash.leaf(leaves.get(size));
                assertThat(leaf).isEqualTo(digest(vectors.get("leafHashes").get(size)));
                frontier = frontier.append(leaf);
            }
        }
    }

    @Test
    void proofs_are_those_of_the_vectors() {
        assertThat(vectors.get("inclusion").size()).isEqualTo(7);
        for (JsonNode each : vectors.get("inclusion")) {
            int index = each.get("leafIndex").asInt();
            int size = each.get("leafCount").asInt();
            InclusionProof proof = tree(size).inclusion(index);
            assertThat(proof.path()).isEqualTo(path(each));
            assertThat(
                            proof.verify(TreeHash.leaf(leaves.get(index)), tree(size).root())
                                    .isAccepted())
                    .isTrue();
        }
        assertThat(vectors.get("consistency").size()).isEqualTo(8);
        for (JsonNode each : vectors.get("consistency")) {
            int earlier = each.get("earlierCount").asInt();
            int size = each.get("leafCount").asInt();
            ConsistencyProof proof = tree(size).consistency(earlier);
            assertThat(proof.path()).isEqualTo(path(each));
            assertThat(proof.verify(tree(earlier).root(), tree(size).root()).isAccepted()).isTrue();
        }
    }

    private MerkleTree tree(int size) {
        return new MerkleTree(NaiveTree.subtrees(leaves.subList(0, size)), size);
    }

    private static List<Digest> path(JsonNode proof) {
        List<Digest> path = new ArrayList<>();
        proof.get("path").forEach(hash -> path.add(digest(hash)));
        return path;
    }

    private static Digest digest(JsonNode hex) {
        return Digest.fromHex(hex.asString());
    }
}
