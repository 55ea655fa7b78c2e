package org.entente.adapter;

import org.entente.protocol.Sorted;
import org.entente.protocol.exchange.ReadSet;

import java.util.List;

/// What keys hold at one final point, ascending by place.
public record Snapshot(Point point, List<Held> held) {
    public static final int COUNT_MAX = ReadSet.COUNT_MAX;

    public Snapshot {
        held = List.copyOf(held);
        if (held.size() > COUNT_MAX) {
            throw new IllegalArgumentException(
                    held.size() + " keys where " + COUNT_MAX + " are allowed");
        }
        Sorted.requireStrictlyAscending(held, "keys");
    }
}
