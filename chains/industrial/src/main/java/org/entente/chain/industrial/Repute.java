package org.entente.chain.industrial;

import org.entente.light.industrial.Rates;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// What blocks show of one member (docs/chains/industrial.md §3).
///
/// @param points its reputation
/// @param misses certificates without it, one after the other
/// @param offline it does not propose until a heartbeat of it is in a block
/// @param banned it seals in no later epoch, until the owner takes it back
public record Repute(int points, int misses, boolean offline, boolean banned) {
    public Repute {
        if (points < 0 || misses < 0) {
            throw new IllegalArgumentException(points + " points, " + misses + " misses");
        }
    }

    static Repute begun(Rates rates) {
        return new Repute(rates.begin(), 0, false, false);
    }

    Repute gained(int points, Rates rates) {
        return new Repute(
                Math.clamp((long) this.points + points, 0, rates.most()), misses, offline, banned);
    }

    Repute lost(int points, Rates rates) {
        return gained(-points, rates);
    }

    Repute struck() {
        return new Repute(0, misses, offline, true);
    }

    Repute readmitted() {
        return new Repute(points, misses, offline, false);
    }

    Repute committed(Rates rates) {
        return new Repute(points, 0, offline, banned).gained(rates.commit(), rates);
    }

    Repute missed(Rates rates) {
        Repute next = new Repute(points, misses + 1, offline, banned).lost(rates.miss(), rates);
        return next.misses == rates.offlineAfter()
                ? new Repute(next.points, next.misses, true, banned).lost(rates.offline(), rates)
                : next;
    }

    /// What was taken for a miss was a commit that came late.
    Repute late(Rates rates) {
        return new Repute(points, Math.max(0, misses - 1), offline, banned)
                .gained(rates.late(), rates);
    }

    Repute alive(Rates rates) {
        return new Repute(points, offline ? 0 : misses, false, banned)
                .gained(rates.heartbeat(), rates)
                .decayed(rates);
    }

    Repute silent(Rates rates) {
        return new Repute(points, misses, true, banned).lost(rates.silent(), rates).decayed(rates);
    }

    /// Java divides toward zero, as the rule says.
    private Repute decayed(Rates rates) {
        return new Repute(
                points + (rates.begin() - points) / rates.decay(), misses, offline, banned);
    }

    static void write(Encoder encoder, Repute repute) {
        encoder.u32(repute.points).u32(repute.misses).bool(repute.offline).bool(repute.banned);
    }

    static Repute read(Decoder decoder) {
        return new Repute(decoder.u32(), decoder.u32(), decoder.bool(), decoder.bool());
    }
}
