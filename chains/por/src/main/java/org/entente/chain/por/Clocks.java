package org.entente.chain.por;

import org.entente.light.NodeKey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// How far this node's clock is ahead of its peers', by what each said last: the median, so that
/// fewer than half of them cannot move it where they want. It is told to people; nothing is refused
/// by it (docs/chains/por.md §5.6). Changed in place by one owner.
public final class Clocks {
    private final TreeMap<NodeKey, Duration> ahead = new TreeMap<>();
    private final Duration troubling;
    private boolean troubled;

    /// @param skewMax by how much blocks may be ahead of a clock: half of that is worth a warning
    public Clocks(Duration skewMax) {
        this.troubling = skewMax.dividedBy(2);
    }

    /// What has become of it.
    public enum Change {
        NONE,

        /// From now on it is too far from the others'.
        TROUBLED,

        /// From now on it is not any longer.
        CALM
    }

    public Change said(NodeKey peer, Instant theirs, Instant now) {
        ahead.put(peer, Duration.between(theirs, now));
        return changed();
    }

    public Change left(NodeKey peer) {
        ahead.remove(peer);
        return changed();
    }

    /// Nothing while nobody said anything.
    public Optional<Duration> ahead() {
        List<Duration> sorted = ahead.values().stream().sorted().toList();
        if (sorted.isEmpty()) {
            return Optional.empty();
        }
        int middle = sorted.size() / 2;
        return Optional.of(
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : sorted.get(middle - 1).plus(sorted.get(middle)).dividedBy(2));
    }

    private Change changed() {
        boolean before = troubled;
        troubled = ahead().map(it -> it.abs().compareTo(troubling) > 0).orElse(false);
        if (troubled == before) {
            return Change.NONE;
        }
        return troubled ? Change.TROUBLED : Change.CALM;
    }
}
