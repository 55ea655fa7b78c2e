package org.entente.registry.contract;

import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The keys that together bring back an alliance whose majority is lost (protocol.md §2.7). Without
/// keys there is no recovery.
///
/// @param delayBlocks how many blocks of its own chain an inbox waits before it takes such a record
public record Recovery(SortedMap<OrganisationId, VerifyingKey> keys, long delayBlocks) {
    public static final int KEY_COUNT_MAX = 64;
    public static final long DELAY_BLOCKS_MAX = 100_000_000;
    public static final Recovery NONE = new Recovery(Sorted.empty(), 0);

    public Recovery {
        if (keys.size() > KEY_COUNT_MAX) {
            throw new IllegalArgumentException(
                    keys.size() + " recovery keys where " + KEY_COUNT_MAX + " are allowed");
        }
        if (delayBlocks < 0 || delayBlocks > DELAY_BLOCKS_MAX) {
            throw new IllegalArgumentException(
                    "delayBlocks lies between 0 and " + DELAY_BLOCKS_MAX + ", not " + delayBlocks);
        }
        keys = Sorted.copyOf(keys);
    }

    public static void write(Encoder encoder, Recovery recovery) {
        encoder.list(
                        recovery.keys.entrySet(),
                        (to, entry) -> to.organisation(entry.getKey()).key(entry.getValue()))
                .u64(recovery.delayBlocks);
    }

    public static Recovery read(Decoder decoder) {
        var entries =
                decoder.list(KEY_COUNT_MAX, from -> Map.entry(from.organisation(), from.key()));
        Sorted.requireStrictlyAscending(
                entries.stream().map(Map.Entry::getKey).toList(), "recovery keys");
        TreeMap<OrganisationId, VerifyingKey> keys = new TreeMap<>();
        entries.forEach(entry -> keys.put(entry.getKey(), entry.getValue()));
        return new Recovery(Collections.unmodifiableSortedMap(keys), decoder.u64());
    }
}
