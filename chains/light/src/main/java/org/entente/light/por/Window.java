package org.entente.light.por;

import org.entente.protocol.VerifyingKey;

import java.util.ArrayList;
import java.util.List;

/// Who made the last blocks: as far back as any number of members may look.
///
/// @param newestFirst by their accounts, the newest block first
public record Window(List<VerifyingKey> newestFirst) {
    public static final int COUNT_MAX = 2 * Rules.MEMBER_COUNT_MAX;

    public Window {
        newestFirst = List.copyOf(newestFirst);
        if (newestFirst.size() > COUNT_MAX) {
            throw new IllegalArgumentException(newestFirst.size() + " creators are kept");
        }
    }

    public Window with(VerifyingKey creator) {
        List<VerifyingKey> next = new ArrayList<>(newestFirst.size() + 1);
        next.add(creator);
        next.addAll(newestFirst.subList(0, Math.min(newestFirst.size(), COUNT_MAX - 1)));
        return new Window(next);
    }

    /// How far back a member's blocks lie, of those that count for a chain of so many members; 1 is
    /// the newest block.
    public List<Integer> distances(VerifyingKey member, int members) {
        List<Integer> distances = new ArrayList<>();
        int reach = Math.min(Difficulty.reach(members), newestFirst.size());
        for (int distance = 1; distance <= reach; distance++) {
            if (newestFirst.get(distance - 1).equals(member)) {
                distances.add(distance);
            }
        }
        return distances;
    }
}
