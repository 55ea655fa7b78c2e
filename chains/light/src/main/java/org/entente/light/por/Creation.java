package org.entente.light.por;

import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// The first transaction of a block, which says whose it is and what it makes of the chain.
///
/// @param count of the block's transactions, this one among them
/// @param attempt counts up when all nonces were tried
/// @param rules the digest of the rules by which the block is judged
/// @param ledger the digest of the ledger's header after the block: its state is under it
public record Creation(
        VerifyingKey creator, long height, int count, long attempt, Digest rules, Digest ledger) {
    public static final int SIZE_BYTES_MAX = 256;
    public static final Format<Creation> FORMAT =
            new Format<>(PorTag.CREATION, SIZE_BYTES_MAX, Creation::write, Creation::read);

    public Creation {
        if (height < 1 || count < 1) {
            throw new IllegalArgumentException("block " + height + " of " + count);
        }
    }

    static void write(Encoder encoder, Creation creation) {
        encoder.key(creation.creator)
                .u64(creation.height)
                .u32(creation.count)
                .u64(creation.attempt)
                .digest(creation.rules)
                .digest(creation.ledger);
    }

    static Creation read(Decoder decoder) {
        return new Creation(
                decoder.key(),
                decoder.u64(),
                decoder.u32(),
                decoder.u64(),
                decoder.digest(),
                decoder.digest());
    }
}
