package org.entente.relay.log;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.merkle.MerkleTree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

/// The log in the public format of tiled transparency logs (C2SP tlog-tiles, docs/log.md §8):
/// hashes and entries in immutable pieces of 256. Content and evidence are not part of it.
public final class Tiles {
    public static final int WIDTH_MAX = 256;
    public static final int LEVEL_MAX = 63;

    /// Each level of tiles is eight levels of the tree.
    private static final int HEIGHT = 8;

    private static final int PATH_ELEMENT = 1_000;

    private final Log log;

    public Tiles(Log log) {
        this.log = log;
    }

    /// `tile/<L>/<N>`, with `.p/<W>` when it is not full.
    public static String path(int level, long index, int width) {
        if (level < 0 || level > LEVEL_MAX) {
            throw new IllegalArgumentException("a tile's level is 0 to 63, not " + level);
        }
        return "tile/" + level + "/" + indexPath(index, width);
    }

    /// `tile/entries/<N>`, with `.p/<W>` when it is not full.
    public static String entriesPath(long index, int width) {
        return "tile/entries/" + indexPath(index, width);
    }

    /// How many hashes the tile has in a log of `size` entries; 0 when there is no such tile.
    public static int width(int level, long index, long size) {
        int shift = HEIGHT * level;
        long hashes = shift > 62 ? 0 : size >>> shift;
        long before = Math.multiplyExact(index, WIDTH_MAX);
        return (int) Math.max(0, Math.min(WIDTH_MAX, hashes - before));
    }

    /// The first `width` hashes of a tile.
    public Bytes hashes(int level, long index, int width) {
        MerkleTree tree = log.tree();
        requireThere(width, width(level, index, tree.size()));
        byte[] hashes = new byte[width * Digest.SIZE_BYTES];
        for (int at = 0; at < width; at++) {
            tree.subtrees()
                    .hash(HEIGHT * level, index * WIDTH_MAX + at)
                    .bytes()
                    .copyTo(hashes, at * Digest.SIZE_BYTES);
        }
        return Bytes.copyOf(hashes);
    }

    /// The first `width` entries of a bundle, each behind its length in 16 bits.
    public Bytes entries(long index, int width) throws IOException {
        requireThere(width, width(0, index, log.size()));
        Bytes bundle = Bytes.EMPTY;
        for (int at = 0; at < width; at++) {
            Bytes entry = log.read(index * WIDTH_MAX + at).entry();
            bundle = bundle.concat(length(entry.size())).concat(entry);
        }
        return bundle;
    }

    private static Bytes length(int size) {
        return Bytes.copyOf(ByteBuffer.allocate(2).putShort((short) size).array());
    }

    private static void requireThere(int width, int there) {
        if (width < 1 || width > there) {
            throw new IllegalArgumentException(
                    "the tile has " + there + " of the " + width + " asked for");
        }
    }

    /// Three digits in each element; all but the last begin with x.
    private static String indexPath(long index, int width) {
        if (index < 0 || width < 1 || width > WIDTH_MAX) {
            throw new IllegalArgumentException("no tile " + index + " of width " + width);
        }
        String path = String.format(Locale.ROOT, "%03d", index % PATH_ELEMENT);
        for (long rest = index / PATH_ELEMENT; rest > 0; rest /= PATH_ELEMENT) {
            path = String.format(Locale.ROOT, "x%03d/%s", rest % PATH_ELEMENT, path);
        }
        return width == WIDTH_MAX ? path : path + ".p/" + width;
    }
}
