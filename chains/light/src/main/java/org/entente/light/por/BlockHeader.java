package org.entente.light.por;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.nio.ByteBuffer;

/// The 76 bytes that are hashed until they fall below the target (the paper's Fig. 4 without the
/// length in front): no difficulty and no magic number, since every node can work them out.
///
/// @param root over the creation and the transactions
/// @param previous the hash of the header before
/// @param time in seconds since 1970, a u32
/// @param nonce a u32
public record BlockHeader(int version, Digest root, Digest previous, long time, long nonce) {
    public static final int SIZE_BYTES = 76;
    public static final int VERSION = 1;
    private static final long U32_MAX = 0xffff_ffffL;

    public BlockHeader {
        if (time < 0 || time > U32_MAX || nonce < 0 || nonce > U32_MAX) {
            throw new IllegalArgumentException("a time " + time + " or a nonce " + nonce);
        }
    }

    public BlockHeader with(long next) {
        return new BlockHeader(version, root, previous, time, next);
    }

    public Bytes bytes() {
        return Bytes.copyOf(
                ByteBuffer.allocate(SIZE_BYTES)
                        .putInt(version)
                        .put(root.bytes().asBuffer())
                        .put(previous.bytes().asBuffer())
                        .putInt((int) time)
                        .putInt((int) nonce)
                        .array());
    }

    public Digest hash() {
        return Digest.of(bytes());
    }

    /// @param bytes exactly [#SIZE_BYTES]
    public static BlockHeader of(Bytes bytes) {
        ByteBuffer from = bytes.asBuffer();
        return new BlockHeader(
                from.getInt(),
                digest(from),
                digest(from),
                Integer.toUnsignedLong(from.getInt()),
                Integer.toUnsignedLong(from.getInt()));
    }

    private static Digest digest(ByteBuffer from) {
        byte[] bytes = new byte[Digest.SIZE_BYTES];
        from.get(bytes);
        return new Digest(Bytes.copyOf(bytes));
    }
}
