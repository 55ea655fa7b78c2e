package org.entente.chain.industrial.vault;

import org.entente.chain.industrial.data.Chunks;
import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.data.DataTag;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;

/// Content on its way in, in chunks one after the other.
///
/// @param size of the whole, before encryption
/// @param key the name of its content key
public record Upload(
        Digest id, VerifyingKey owner, DataId data, long size, Digest key, Instant begun) {
    public static final Format<Upload> FORMAT =
            new Format<>(DataTag.UPLOAD, 512, Upload::write, Upload::read);

    public Upload {
        if (size < 1 || size > (long) Content.CHUNK_COUNT_MAX * Content.CHUNK_SIZE_BYTES) {
            throw new IllegalArgumentException("no upload of " + size + " bytes");
        }
    }

    public int chunkCount() {
        return Chunks.count(size);
    }

    /// How far an upload is.
    ///
    /// @param next the chunk that is due; as many as there are when all have come
    public record Progress(Upload upload, int next) {}

    /// What a whole upload became.
    ///
    /// @param plainRoot over the chunks as they were sent, so that the sender sees that this node
    ///   has exactly those
    public record Sealed(Content.Stored content, Digest plainRoot) {}

    private static void write(Encoder encoder, Upload upload) {
        encoder.digest(upload.id)
                .key(upload.owner)
                .text(upload.data.text())
                .u64(upload.size)
                .digest(upload.key)
                .time(upload.begun);
    }

    private static Upload read(Decoder decoder) {
        return new Upload(
                decoder.digest(),
                decoder.key(),
                new DataId(decoder.text(DataId.SIZE_MAX)),
                decoder.u64(),
                decoder.digest(),
                decoder.time());
    }
}
