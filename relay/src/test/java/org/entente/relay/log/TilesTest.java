package org.entente.relay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The exported tiles, read by a reader that knows nothing but the public format.
final class TilesTest {
    @TempDir private Path directory;

    @Test
    void paths_are_those_of_the_public_format() {
        assertThat(Tiles.path(0, 1_234_067, 256)).isEqualTo("tile/0/x001/x234/067");
        assertThat(Tiles.path(3, 0, 17)).isEqualTo("tile/3/000.p/17");
        assertThat(Tiles.path(1, 1_000, 256)).isEqualTo("tile/1/x001/000");
        assertThat(Tiles.path(63, 999, 1)).isEqualTo("tile/63/999.p/1");
        assertThat(Tiles.entriesPath(1_234_067, 8)).isEqualTo("tile/entries/x001/x234/067.p/8");
        assertThatThrownBy(() -> Tiles.path(64, 0, 1)).hasMessageContaining("0 to 63");
        assertThatThrownBy(() -> Tiles.path(0, 0, 0)).hasMessageContaining("width 0");
        assertThatThrownBy(() -> Tiles.path(0, -1, 1)).hasMessageContaining("no tile -1");
    }

    /// The example of the public format: a tree of 70,000.
    @Test
    void a_tree_of_70_000_has_the_tiles_of_the_public_format() {
        assertThat(Tiles.width(0, 272, 70_000)).isEqualTo(256);
        assertThat(Tiles.width(0, 273, 70_000)).isEqualTo(112);
        assertThat(Tiles.width(0, 274, 70_000)).isZero();
        assertThat(Tiles.width(1, 0, 70_000)).isEqualTo(256);
        assertThat(Tiles.width(1, 1, 70_000)).isEqualTo(17);
        assertThat(Tiles.width(2, 0, 70_000)).isOne();
        assertThat(Tiles.width(3, 0, 70_000)).isZero();
        assertThat(Tiles.width(63, 0, Long.MAX_VALUE)).isZero();
    }

    @Test
    void a_reader_of_the_public_format_finds_the_root_in_tiles_and_in_entries() throws Exception {
        try (Log log = LogFixture.create(directory)) {
            for (int size : new int[] {1, 255, 256, 257, 700, 66_000}) {
                while (log.size() < size) {
                    LogFixture.appendTogether(log, (int) Math.min(4_000, size - log.size()));
                }
                Digest root = log.tree().root();
                SortedMap<String, Bytes> served = serve(log, size < 1_000);
                assertThat(fromTiles(served, size)).isEqualTo(root);
                if (size < 1_000) {
                    assertThat(fromEntries(served, size)).isEqualTo(root);
                }
            }
            assertThatThrownBy(() -> new Tiles(log).hashes(0, 300, 1))
                    .hasMessageContaining("has 0 of the 1");
            assertThatThrownBy(() -> new Tiles(log).entries(0, 257))
                    .hasMessageContaining("has 256 of the 257");
        }
    }

    private static SortedMap<String, Bytes> serve(Log log, boolean entries) throws Exception {
        Tiles tiles = new Tiles(log);
        SortedMap<String, Bytes> served = new TreeMap<>();
        for (int level = 0; level < 3; level++) {
            long index = 0;
            for (int width = Tiles.width(level, index, log.size()); width > 0; ) {
                served.put(Tiles.path(level, index, width), tiles.hashes(level, index, width));
                if (level == 0 && entries) {
                    served.put(Tiles.entriesPath(index, width), tiles.entries(index, width));
                }
                index++;
                width = Tiles.width(level, index, log.size());
            }
        }
        return served;
    }

    /// Takes the highest tiles that cover the tree, from the left, down to the single leaves.
    private static Digest fromTiles(SortedMap<String, Bytes> served, int size) {
        List<Digest> left = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        int covered = 0;
        for (int level = 2; level >= 0; level--) {
            int span = 1 << (8 * level);
            int width = size / span;
            for (int hash = covered / span; hash < width; hash++) {
                int there = Math.min(256, width - hash / 256 * 256);
                String path =
                        String.format("tile/%d/%03d", level, hash / 256)
                                + (there == 256 ? "" : ".p/" + there);
                Bytes tile = served.getOrDefault(path, Bytes.EMPTY);
                assertThat(tile.size()).as(path).isEqualTo(32 * there);
                int at = hash % 256 * 32;
                push(left, counts, new Digest(tile.slice(at, at + 32)), span);
                covered += span;
            }
        }
        return fold(left);
    }

    private static Digest fromEntries(SortedMap<String, Bytes> served, int size) {
        List<Digest> left = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (int bundle = 0; bundle * 256 < size; bundle++) {
            int there = Math.min(256, size - bundle * 256);
            String path =
                    String.format("tile/entries/%03d", bundle)
                            + (there == 256 ? "" : ".p/" + there);
            ByteBuffer bytes = served.getOrDefault(path, Bytes.EMPTY).asBuffer();
            for (int index = 0; index < there; index++) {
                byte[] entry = new byte[bytes.getShort() & 0xffff];
                bytes.get(entry);
                Bytes leaf = Bytes.fromHex("00").concat(Bytes.copyOf(entry));
                push(left, counts, Digest.of(leaf), 1);
            }
            assertThat(bytes.hasRemaining()).isFalse();
        }
        return fold(left);
    }

    /// Joins neighbours of one size, as a binary counter carries.
    private static void push(List<Digest> left, List<Integer> counts, Digest hash, int count) {
        Digest joined = hash;
        int leaves = count;
        while (!counts.isEmpty() && counts.getLast() == leaves) {
            joined = node(left.removeLast(), joined);
            leaves += counts.removeLast();
        }
        left.add(joined);
        counts.add(leaves);
    }

    private static Digest fold(List<Digest> left) {
        Digest root = left.removeLast();
        while (!left.isEmpty()) {
            root = node(left.removeLast(), root);
        }
        return root;
    }

    private static Digest node(Digest left, Digest right) {
        return Digest.of(Bytes.fromHex("01").concat(left.bytes()).concat(right.bytes()));
    }
}
