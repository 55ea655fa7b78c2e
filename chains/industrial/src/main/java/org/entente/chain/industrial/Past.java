package org.entente.chain.industrial;

import org.entente.light.industrial.IcbTag;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/// What the next block's evidence is judged by, beside the table.
///
/// @param seed the digest of the newest header that a block's evidence certified
/// @param proposing whose turns there were at the newest block
/// @param pulse what heartbeats of this epoch name, once they may come
/// @param alive whose heartbeats came in this epoch
/// @param judged certificates whose missing COMMITs may still come, the newest first
public record Past(
        Digest seed,
        List<VerifyingKey> proposing,
        Optional<Digest> pulse,
        SortedSet<VerifyingKey> alive,
        List<Judged> judged) {
    /// So many blocks after the one that missed it a COMMIT may come.
    static final int LATE_BLOCKS = 3;

    public static final Format<Past> FORMAT =
            new Format<>(IcbTag.PAST, 64 * 1024, Past::write, Past::read);

    /// A certificate that stood in a block.
    record Judged(Turn turn, Digest header, SortedSet<VerifyingKey> missing) {
        Judged {
            missing = Sorted.copyOf(missing);
        }

        private static void write(Encoder encoder, Judged judged) {
            Turn.write(encoder, judged.turn);
            encoder.digest(judged.header).list(judged.missing, Encoder::key);
        }

        private static Judged read(Decoder decoder) {
            return new Judged(Turn.read(decoder), decoder.digest(), keys(decoder));
        }
    }

    public Past {
        proposing = List.copyOf(proposing);
        alive = Sorted.copyOf(alive);
        judged = List.copyOf(judged);
    }

    static Past begun(Digest seed) {
        return new Past(seed, List.of(), Optional.empty(), Collections.emptySortedSet(), List.of());
    }

    /// Behind the last block of an epoch.
    Past ended() {
        return new Past(seed, proposing, Optional.empty(), Collections.emptySortedSet(), List.of());
    }

    Past with(Judged newest) {
        return new Past(
                newest.header,
                proposing,
                pulse,
                alive,
                Stream.concat(Stream.of(newest), judged.stream()).limit(LATE_BLOCKS).toList());
    }

    private static SortedSet<VerifyingKey> keys(Decoder decoder) {
        List<VerifyingKey> keys = decoder.list(Table.COUNT_MAX, Decoder::key);
        Sorted.requireStrictlyAscending(keys, "members");
        return Sorted.copyOf(keys);
    }

    private static void write(Encoder encoder, Past past) {
        encoder.digest(past.seed)
                .list(past.proposing, Encoder::key)
                .optional(past.pulse, Encoder::digest)
                .list(past.alive, Encoder::key)
                .list(past.judged, Judged::write);
    }

    private static Past read(Decoder decoder) {
        return new Past(
                decoder.digest(),
                decoder.list(Table.COUNT_MAX, Decoder::key),
                decoder.optional(Decoder::digest),
                keys(decoder),
                decoder.list(LATE_BLOCKS, Judged::read));
    }
}
