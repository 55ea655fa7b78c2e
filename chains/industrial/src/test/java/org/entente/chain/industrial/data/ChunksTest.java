package org.entente.chain.industrial.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.merkle.MerkleTree;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

final class ChunksTest {
    private static final List<Bytes> CHUNKS =
            IntStream.range(0, 5).mapToObj(each -> Bytes.utf8("chunk " + each)).toList();
    private static final MerkleTree TREE = Chunks.tree(CHUNKS.stream().map(Chunks::leaf).toList());
    private static final Content.Stored CONTENT =
            new Content.Stored(4L * Content.CHUNK_SIZE_BYTES + 1, TREE.root(), Digest.ZERO);

    @Test
    void each_chunk_is_verified_alone_at_its_own_place() {
        for (int index = 0; index < CHUNKS.size(); index++) {
            List<Digest> path = TREE.inclusion(index).path();
            assertThat(Chunks.verify(CHUNKS.get(index), index, path, CONTENT).isAccepted())
                    .isTrue();
            assertThat(Chunks.verify(Bytes.utf8("other"), index, path, CONTENT).isAccepted())
                    .isFalse();
            int beside = (index + 1) % CHUNKS.size();
            assertThat(Chunks.verify(CHUNKS.get(index), beside, path, CONTENT).isAccepted())
                    .isFalse();
        }
        assertThat(Chunks.verify(CHUNKS.getFirst(), 5, List.of(), CONTENT).isAccepted()).isFalse();
        assertThat(Chunks.verify(CHUNKS.getFirst(), -1, List.of(), CONTENT).isAccepted()).isFalse();
    }

    /// The number of leaves is that of the record: a path cannot choose the shape of its tree.
    @Test
    void a_path_of_a_smaller_tree_proves_nothing() {
        MerkleTree four = Chunks.tree(CHUNKS.subList(0, 4).stream().map(Chunks::leaf).toList());
        Content.Stored five = new Content.Stored(CONTENT.size(), four.root(), Digest.ZERO);
        for (int index = 0; index < 5; index++) {
            List<Digest> path = four.inclusion(Math.min(index, 3)).path();
            Bytes chunk = CHUNKS.get(Math.min(index, 3));
            assertThat(Chunks.verify(chunk, index, path, five).isAccepted()).isFalse();
        }
    }

    @Test
    void a_size_says_how_many_chunks_there_are_and_how_long() {
        assertThat(Chunks.count(1)).isEqualTo(1);
        assertThat(Chunks.count(Content.CHUNK_SIZE_BYTES)).isEqualTo(1);
        assertThat(Chunks.count(Content.CHUNK_SIZE_BYTES + 1L)).isEqualTo(2);
        assertThat(Chunks.size(4, CONTENT.size())).isEqualTo(1);
        assertThat(Chunks.size(3, CONTENT.size())).isEqualTo(Content.CHUNK_SIZE_BYTES);
        assertThatThrownBy(() -> Chunks.size(5, CONTENT.size()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_video_is_played_from_the_chunk_of_the_key_frame_before() {
        Media media = DataSamples.video().media().orElseThrow();
        assertThat(media.chunkAt(0)).isEqualTo(0);
        assertThat(media.chunkAt(1_999)).isEqualTo(0);
        assertThat(media.chunkAt(2_000)).isEqualTo(1);
    }

    @Test
    void what_cannot_be_described_is_refused() {
        assertThatThrownBy(() ->
                        DataSamples.described(
                                DataType.IMAGE,
                                new Content.Inline(Bytes.utf8("x")),
                                Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        DataSamples.described(
                                DataType.VIDEO,
                                DataSamples.stored(),
                                Optional.of(new Media(1, 1, 1, List.of(new Media.KeyFrame(0, 2))))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
