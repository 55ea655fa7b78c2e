package org.entente.adapter;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Final blocks that were followed, the newer the denser: how far back a replaced one reaches can
/// be told about as exactly as it is recent (protocol.md §6.8). Changed in place by one owner.
public final class Ladder {
    public static final int COUNT_MAX = 64;

    private final TreeMap<Long, Point> steps = new TreeMap<>();

    /// @param points in any order
    public static Ladder of(Collection<Point> points) {
        Ladder ladder = new Ladder();
        points.stream()
                .sorted((one, other) -> Long.compare(one.height(), other.height()))
                .forEach(ladder::climb);
        return ladder;
    }

    public Optional<Point> top() {
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.lastEntry().getValue());
    }

    /// The lowest first.
    public List<Point> points() {
        return List.copyOf(steps.values());
    }

    /// A point no higher than the top changes nothing.
    public void climb(Point point) {
        if (!steps.isEmpty() && steps.lastKey() >= point.height()) {
            return;
        }
        steps.put(point.height(), point);
        if (steps.size() > COUNT_MAX) {
            steps.remove(leastMissed());
        }
    }

    /// Forgets what stood at a height and above.
    public void cut(long height) {
        steps.tailMap(height).clear();
    }

    /// The one whose absence leaves the smallest gap for its age; neither the first nor the top.
    private long leastMissed() {
        List<Long> heights = List.copyOf(steps.keySet());
        long top = heights.getLast();
        long least = heights.get(1);
        double smallest = Double.MAX_VALUE;
        for (int index = 1; index < heights.size() - 1; index++) {
            double gap = heights.get(index + 1) - heights.get(index - 1);
            double share = gap / (top - heights.get(index));
            if (share < smallest) {
                smallest = share;
                least = heights.get(index);
            }
        }
        return least;
    }
}
