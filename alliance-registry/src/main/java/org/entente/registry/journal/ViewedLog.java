package org.entente.registry.journal;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.registry.StateItem;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the database holds of one log: so that a step writes only what differs.
///
/// @param position as its row says
/// @param items the digest of each item's row
record ViewedLog(Position position, SortedMap<ItemKey, Digest> items) {
    static final ViewedLog NONE =
            new ViewedLog(
                    new Position(0, StateItem.digest(List.of()), Digest.ZERO), Sorted.empty());

    /// @param items the digest of the state
    /// @param entries the chained hash of the entries' rows
    record Position(long size, Digest items, Digest entries) {}

    record ItemKey(StateItem.Kind kind, Bytes key) implements Comparable<ItemKey> {
        private static final Comparator<ItemKey> ORDER =
                Comparator.comparing(ItemKey::kind).thenComparing(ItemKey::key);

        static ItemKey of(StateItem item) {
            return new ItemKey(item.kind(), item.key());
        }

        @Override
        public int compareTo(ItemKey other) {
            return ORDER.compare(this, other);
        }
    }

    static SortedMap<ItemKey, Digest> digests(List<StateItem> items) {
        SortedMap<ItemKey, Digest> digests = new TreeMap<>();
        for (StateItem item : items) {
            digests.put(ItemKey.of(item), StateItem.FORMAT.digest(item));
        }
        return digests;
    }
}
