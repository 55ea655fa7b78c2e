package org.entente.chain.industrial.vault;

import org.entente.protocol.Digest;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// The chunks and keys that belong to something, so that others can be removed: hashes by their
/// first eight bytes, so that many fit. Two that agree in them only keep each other from being
/// removed.
final class Known {
    /// What is younger may belong to something that is just being made.
    private static final Duration ORPHAN_AGE_MIN = Duration.ofHours(1);

    private long[] first = new long[1_024];
    private int count;

    void add(Digest digest) {
        if (count == first.length) {
            first = Arrays.copyOf(first, count * 2);
        }
        first[count++] = digest.bytes().asBuffer().getLong();
    }

    /// @return how many were removed
    int removeOthers(Shelf chunks, KeyRing keys, Instant now) throws IOException {
        Arrays.sort(first, 0, count);
        int[] removed = new int[1];
        chunks.forEach(leaf -> {
            if (!has(leaf) && isOld(chunks.since(leaf, now), now)) {
                chunks.delete(leaf);
                removed[0]++;
            }
        });
        keys.forEach(key -> {
            if (!has(key) && isOld(keys.since(key, now), now)) {
                keys.destroy(key);
                removed[0]++;
            }
        });
        return removed[0];
    }

    private boolean has(Digest digest) {
        return Arrays.binarySearch(first, 0, count, digest.bytes().asBuffer().getLong()) >= 0;
    }

    private static boolean isOld(Instant since, Instant now) {
        return Duration.between(since, now).compareTo(ORPHAN_AGE_MIN) > 0;
    }
}
