package org.entente.protocol.merkle;

import org.entente.protocol.Digest;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.ArrayList;
import java.util.List;

/// The least that is needed to append to a tree and to know its root: the roots of its largest
/// complete subtrees (protocol.md §9.1).
///
/// @param peaks one for each bit that is set in `size`, the largest subtree first
public record Frontier(long size, List<Digest> peaks) {
    public static final int PEAK_COUNT_MAX = 63;
    public static final Frontier EMPTY = new Frontier(0, List.of());

    /// The tag, the size, the count and all the peaks that there can be.
    private static final int SIZE_BYTES_MAX = 64 + PEAK_COUNT_MAX * Digest.SIZE_BYTES;

    public static final Format<Frontier> FORMAT =
            new Format<>(Purpose.FRONTIER, SIZE_BYTES_MAX, Frontier::write, Frontier::read);

    public Frontier {
        if (size < 0 || peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " leaves has not " + peaks.size() + " peaks");
        }
        peaks = List.copyOf(peaks);
    }

    public Frontier append(Digest leafHash) {
        List<Digest> next = new ArrayList<>(peaks);
        Digest joined = leafHash;
        for (int level = 0; (size >>> level & 1) == 1; level++) {
            joined = TreeHash.node(next.removeLast(), joined);
        }
        next.add(joined);
        return new Frontier(Math.addExact(size, 1), next);
    }

    public Digest root() {
        if (size == 0) {
            return TreeHash.EMPTY_ROOT;
        }
        Digest root = peaks.getLast();
        for (int index = peaks.size() - 2; index >= 0; index--) {
            root = TreeHash.node(peaks.get(index), root);
        }
        return root;
    }

    private static void write(Encoder encoder, Frontier frontier) {
        encoder.u64(frontier.size)
                .list(frontier.peaks, (each, hash) -> each.fixed(hash.bytes(), Digest.SIZE_BYTES));
    }

    private static Frontier read(Decoder decoder) {
        return new Frontier(
                decoder.u64(),
                decoder.list(PEAK_COUNT_MAX, each -> new Digest(each.fixed(Digest.SIZE_BYTES))));
    }
}
