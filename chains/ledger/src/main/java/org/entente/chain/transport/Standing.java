package org.entente.chain.transport;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is held against keys, and which are refused for it. Strangers' keys cost nothing, so only
/// the latest that something is held against are remembered.
final class Standing {
    static final int POINTS_MAX = 100;
    private static final int KEYS_MAX = 4096;

    private final BlameTerms terms;

    /// Guarded by this; the longest untouched first.
    private final Map<PeerKey, Held> held = new LinkedHashMap<>();

    /// @param points as of a time
    private record Held(double points, long nanos, boolean refused) {}

    Standing(BlameTerms terms) {
        this.terms = terms;
    }

    /// @return whether the key is refused from now on
    synchronized boolean blame(PeerKey key, int points, long nowNanos) {
        if (points < 0) {
            throw new IllegalArgumentException(points + " points of blame");
        }
        if (refusedForNanos(key, nowNanos) > 0) {
            return true;
        }
        Held before = held.remove(key);
        double sum = points + (before == null ? 0 : left(before, nowNanos));
        boolean refused = sum >= POINTS_MAX;
        held.put(key, new Held(sum, nowNanos, refused));
        if (held.size() > KEYS_MAX) {
            Iterator<PeerKey> oldest = held.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return refused;
    }

    /// For how long yet; 0 when it is not.
    synchronized long refusedForNanos(PeerKey key, long nowNanos) {
        Held found = held.get(key);
        if (found == null || !found.refused) {
            return 0;
        }
        long left = terms.refusedFor().toNanos() - (nowNanos - found.nanos);
        if (left <= 0) {
            held.remove(key);
        }
        return Math.max(0, left);
    }

    private double left(Held before, long nowNanos) {
        double forgiven =
                (double) POINTS_MAX * (nowNanos - before.nanos) / terms.forgivenIn().toNanos();
        return Math.max(0, before.points - forgiven);
    }
}
