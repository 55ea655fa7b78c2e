package org.entente.protocol.exchange;

import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.List;

/// Where a digest stands in a signed batch: its leaf and the path from there to the root.
public record BatchPlace(int leafIndex, int leafCount, List<Digest> path) {
    /// As many as one signature may cover.
    public static final int LEAF_COUNT_MAX = 1024;

    /// The depth of a batch of [#LEAF_COUNT_MAX].
    public static final int PATH_COUNT_MAX = 10;

    public BatchPlace {
        path = List.copyOf(path);
        if (leafIndex < 0
                || leafIndex >= leafCount
                || leafCount > LEAF_COUNT_MAX
                || path.size() > PATH_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "leaf " + leafIndex + " of " + leafCount + " with a path of " + path.size());
        }
    }

    static void write(Encoder encoder, BatchPlace batchPlace) {
        encoder.u32(batchPlace.leafIndex)
                .u32(batchPlace.leafCount)
                .list(batchPlace.path, Encoder::digest);
    }

    static BatchPlace read(Decoder decoder) {
        return new BatchPlace(
                decoder.u32(), decoder.u32(), decoder.list(PATH_COUNT_MAX, Decoder::digest));
    }
}
