package org.entente.light.industrial;

import org.entente.protocol.Bytes;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedSet;

/// Whose words make blocks final in one epoch (docs/chains/industrial.md §2).
public record Sealers(long epoch, SortedSet<VerifyingKey> keys) {
    public static final int COUNT_MAX = 100;
    public static final Format<Sealers> FORMAT =
            new Format<>(IcbTag.SEALERS, 8 * 1024, Sealers::write, Sealers::read);

    private static final Bytes PLACE = Bytes.utf8("sealers/");

    public Sealers {
        keys = Sorted.copyOf(keys);
        if (keys.isEmpty() || keys.size() > COUNT_MAX) {
            throw new IllegalArgumentException(keys.size() + " sealers");
        }
    }

    /// The key in the area SYSTEM at which an epoch's are kept (docs/chains/industrial.md §5).
    public static Bytes place(long epoch) {
        return PLACE.concat(Bytes.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(epoch).array()));
    }

    /// How many may lie or be away.
    public int faultyMax() {
        return (keys.size() - 1) / 3;
    }

    /// So many that two such sets have an honest sealer in common: 2f+1 of 3f+1, and more than that
    /// where bans left a number in between.
    public int quorum() {
        return (keys.size() + faultyMax()) / 2 + 1;
    }

    public boolean has(VerifyingKey key) {
        return keys.contains(key);
    }

    static void write(Encoder encoder, Sealers sealers) {
        encoder.u64(sealers.epoch).list(sealers.keys, Encoder::key);
    }

    static Sealers read(Decoder decoder) {
        long epoch = decoder.u64();
        List<VerifyingKey> keys = decoder.list(COUNT_MAX, Decoder::key);
        Sorted.requireStrictlyAscending(keys, "sealers");
        return new Sealers(epoch, Sorted.copyOf(keys));
    }
}
