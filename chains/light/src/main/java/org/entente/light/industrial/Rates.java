package org.entente.light.industrial;

import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.List;

/// What behaviour is worth, in whole points of reputation (docs/chains/industrial.md §3).
///
/// @param begin with which a member begins, and to which reputation returns
/// @param most that anybody has
/// @param sealing at least, to be drawn
/// @param commit gained by a COMMIT in the certificate
/// @param miss lost by none
/// @param late gained back by one that came within three blocks
/// @param primary gained by a block with transactions
/// @param failed lost by a view that made no block final
/// @param offlineAfter so many misses one after the other
/// @param offline lost by that
/// @param heartbeat gained by one in an epoch
/// @param silent lost by none
/// @param decay into how many parts the way back to `begin` is divided, of which an epoch goes one
public record Rates(
        int begin,
        int most,
        int sealing,
        int commit,
        int miss,
        int late,
        int primary,
        int failed,
        int offlineAfter,
        int offline,
        int heartbeat,
        int silent,
        int decay) {
    public static final Rates USUAL = new Rates(500, 1_000, 300, 2, 6, 8, 3, 60, 5, 50, 20, 60, 16);
    private static final int MOST = 1_000_000;

    public Rates {
        for (int each :
                List.of(
                        begin, most, sealing, commit, miss, late, primary, failed, offline,
                        heartbeat, silent)) {
            if (each < 0 || each > MOST) {
                throw new IllegalArgumentException("a rate of " + each);
            }
        }
        if (begin > most || sealing > most || offlineAfter < 1 || decay < 1) {
            throw new IllegalArgumentException(
                    "rates: begin %d, sealing %d of %d, offline after %d, decay %d"
                            .formatted(begin, sealing, most, offlineAfter, decay));
        }
    }

    static void write(Encoder encoder, Rates rates) {
        encoder.u32(rates.begin)
                .u32(rates.most)
                .u32(rates.sealing)
                .u32(rates.commit)
                .u32(rates.miss)
                .u32(rates.late)
                .u32(rates.primary)
                .u32(rates.failed)
                .u32(rates.offlineAfter)
                .u32(rates.offline)
                .u32(rates.heartbeat)
                .u32(rates.silent)
                .u32(rates.decay);
    }

    static Rates read(Decoder decoder) {
        return new Rates(
                decoder.u32(),
                decoder.u32(),
                decoder.u32(),
                decoder.u32(),
                decoder.u32(),
                decoder.u32(),
                decoder.u32(),
                decoder.u32(),
                decoder.u32(),
                decoder.u32(),
                decoder.u32(),
                decoder.u32(),
                decoder.u32());
    }
}
