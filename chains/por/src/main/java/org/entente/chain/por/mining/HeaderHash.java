package org.entente.chain.por.mining;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.OptionalLong;

/// SHA-256 of headers that differ in their nonce alone, which is their last four bytes.
///
/// The first 64 bytes are hashed once and kept, so each nonce costs one compression instead of two,
/// on a copy of the JDK's digest: that is the only one with the processor's own instructions, and
/// copying is the only way to keep what was hashed. Rejected: a compression in Java, which has no
/// such instructions and is several times slower. For one thread.
final class HeaderHash {
    static final int PREFIX_SIZE_BYTES = 72;
    private static final int KEPT_SIZE_BYTES = 64;
    private static final int NONCE_AT = PREFIX_SIZE_BYTES - KEPT_SIZE_BYTES;
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final MessageDigest kept = Digest.sha256();
    private final byte[] rest = new byte[NONCE_AT + Integer.BYTES];
    private final byte[] hash = new byte[Digest.SIZE_BYTES];

    /// @param prefix the header without its nonce
    HeaderHash(Bytes prefix) {
        if (prefix.size() != PREFIX_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "a header has "
                            + PREFIX_SIZE_BYTES
                            + " bytes before its nonce, not "
                            + prefix.size());
        }
        prefix.slice(0, KEPT_SIZE_BYTES).updateInto(kept);
        prefix.slice(KEPT_SIZE_BYTES, PREFIX_SIZE_BYTES).copyTo(rest, 0);
    }

    /// The first nonce, of so many from one on, whose hash is below the target.
    OptionalLong find(Target target, long from, int count) {
        long first = target.first();
        MessageDigest source = kept;
        byte[] tail = rest;
        byte[] result = hash;
        for (long next = from; next < from + count; next++) {
            compute(source, tail, (int) next, result);
            if (target.isAbove(result, first)) {
                return OptionalLong.of(next);
            }
        }
        return OptionalLong.empty();
    }

    Digest of(long nonce) {
        compute(kept, rest, (int) nonce, hash);
        return new Digest(Bytes.copyOf(hash));
    }

    /// Of what it is given, not of fields: those would be read anew for each hash.
    private static void compute(MessageDigest source, byte[] tail, int nonce, byte[] result) {
        INTS.set(tail, NONCE_AT, nonce);
        try {
            MessageDigest copy = (MessageDigest) source.clone();
            copy.update(tail, 0, tail.length);
            copy.digest(result, 0, result.length);
        } catch (CloneNotSupportedException | DigestException e) {
            throw new IllegalStateException("this JDK's SHA-256 cannot be copied", e);
        }
    }
}
