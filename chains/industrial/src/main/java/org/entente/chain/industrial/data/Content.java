package org.entente.chain.industrial.data;

import org.entente.chain.industrial.contract.Texts;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// Where the data itself is (docs/chains/industrial-data.md §2).
public sealed interface Content {
    int CHUNK_SIZE_BYTES = 256 * 1024;
    int CHUNK_COUNT_MAX = 65_536;
    int INLINE_SIZE_BYTES_MAX = 16 * 1024;
    int UNIT_SIZE_BYTES_MAX = 32;
    int SCALE_MAX = 18;

    /// On the chain, for ever and for everyone.
    record Inline(Bytes bytes) implements Content {
        public Inline {
            if (bytes.isEmpty() || bytes.size() > INLINE_SIZE_BYTES_MAX) {
                throw new IllegalArgumentException(
                        "inline are 1 to %d bytes, not %d"
                                .formatted(INLINE_SIZE_BYTES_MAX, bytes.size()));
            }
        }
    }

    /// With its owner's node, in encrypted chunks of [#CHUNK_SIZE_BYTES], the last one shorter.
    ///
    /// @param size in bytes, before encryption
    /// @param root over the encrypted chunks
    /// @param key names the content key without showing it
    record Stored(long size, Digest root, Digest key) implements Content {
        private static final int AES_256_GCM = 1;

        public Stored {
            if (size < 1 || size > (long) CHUNK_COUNT_MAX * CHUNK_SIZE_BYTES) {
                throw new IllegalArgumentException(
                        "stored are 1 byte to %d chunks, not %d bytes"
                                .formatted(CHUNK_COUNT_MAX, size));
            }
        }

        public int chunkCount() {
            return Chunks.count(size);
        }

        static void write(Encoder encoder, Stored stored) {
            encoder.u64(stored.size)
                    .u32(CHUNK_SIZE_BYTES)
                    .u32(stored.chunkCount())
                    .digest(stored.root)
                    .u8(AES_256_GCM)
                    .digest(stored.key);
        }

        static Stored read(Decoder decoder) {
            long size = decoder.u64();
            int chunkSize = decoder.u32();
            int count = decoder.u32();
            Digest root = decoder.digest();
            int algorithm = decoder.u8();
            Stored stored = new Stored(size, root, decoder.digest());
            if (chunkSize != CHUNK_SIZE_BYTES
                    || count != stored.chunkCount()
                    || algorithm != AES_256_GCM) {
                throw new IllegalArgumentException(
                        "%d chunks of %d bytes by algorithm %d are not how %d bytes are stored"
                                .formatted(count, chunkSize, algorithm, size));
            }
            return stored;
        }
    }

    /// In batches of readings, which are registered one after the other.
    ///
    /// @param scale of the readings' whole numbers: 2 makes 1234 mean 12.34
    record Batches(int scale, String unit) implements Content {
        public Batches {
            if (scale < 0 || scale > SCALE_MAX) {
                throw new IllegalArgumentException(
                        "a scale is 0 to " + SCALE_MAX + ", not " + scale);
            }
            Texts.require("a unit", unit, UNIT_SIZE_BYTES_MAX);
        }
    }

    static void write(Encoder encoder, Content content) {
        switch (content) {
            case Inline(Bytes bytes) -> encoder.u8(1).bytes(bytes);
            case Stored stored -> Stored.write(encoder.u8(2), stored);
            case Batches(int scale, String unit) -> encoder.u8(3).u8(scale).text(unit);
        }
    }

    static Content read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 -> new Inline(decoder.bytes(INLINE_SIZE_BYTES_MAX));
            case 2 -> Stored.read(decoder);
            case 3 -> new Batches(decoder.u8(), decoder.text(UNIT_SIZE_BYTES_MAX));
            default -> throw new IllegalArgumentException("no content has the number " + kind);
        };
    }
}
