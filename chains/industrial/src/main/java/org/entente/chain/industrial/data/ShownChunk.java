package org.entente.chain.industrial.data;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.merkle.InclusionProof;

import java.util.List;

/// One chunk as it is stored, and its way to the root that is registered.
public record ShownChunk(int index, List<Digest> path, Bytes stored) {
    /// What encryption adds.
    public static final int SEAL_SIZE_BYTES = 16;

    public static final int STORED_SIZE_BYTES_MAX = Content.CHUNK_SIZE_BYTES + SEAL_SIZE_BYTES;

    public static final Format<ShownChunk> FORMAT =
            new Format<>(
                    DataTag.CHUNK,
                    STORED_SIZE_BYTES_MAX + 4_096,
                    ShownChunk::write,
                    ShownChunk::read);

    public ShownChunk {
        path = List.copyOf(path);
    }

    public Verdict verify(Content.Stored content) {
        return Chunks.verify(stored, index, path, content);
    }

    private static void write(Encoder encoder, ShownChunk shown) {
        encoder.u32(shown.index).list(shown.path, Encoder::digest).bytes(shown.stored);
    }

    private static ShownChunk read(Decoder decoder) {
        return new ShownChunk(
                decoder.u32(),
                decoder.list(InclusionProof.PATH_COUNT_MAX, Decoder::digest),
                decoder.bytes(STORED_SIZE_BYTES_MAX));
    }
}
