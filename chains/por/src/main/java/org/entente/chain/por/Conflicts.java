package org.entente.chain.por;

import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;

import java.util.List;
import java.util.TreeMap;

/// Blocks that do not stand upon what is final here: somebody is behind, or the chain has split.
/// Remembers the last final blocks, so that a branch that parts there can be judged like any other
/// (docs/chains/por.md §5.5).
final class Conflicts {
    /// How much lower is looked at first: a message has no room for all that is remembered.
    private static final int STRIDE = 16;

    private final BlockJudge judge;

    /// By height.
    private final TreeMap<Long, Placed> past = new TreeMap<>();

    private boolean split;

    Conflicts(BlockJudge judge, Placed last) {
        this.judge = judge;
        past.put(last.height(), last.bare());
    }

    void settled(Placed placed) {
        past.put(placed.height(), placed.bare());
        if (past.size() > Watch.PAST_COUNT_MAX) {
            past.pollFirstEntry();
        }
    }

    boolean isSplit() {
        return split;
    }

    /// Whether it is one of the last final blocks.
    boolean isPast(long height, Digest hash) {
        Placed placed = past.get(height);
        return placed != null && placed.hash().equals(hash);
    }

    /// Where to look next for the block from which a branch parts.
    ///
    /// @param tries how often that was looked for: further down each time
    long below(List<PorBlock> blocks, int tries) {
        long from = blocks.getFirst().creation().height();
        return Math.max(past.firstKey() + 1, from - ((long) STRIDE << Math.min(tries, 5)));
    }

    /// What blocks are that meet none of the tree's.
    enum Finding {
        /// They begin above ours: those between are missing.
        BELOW,

        /// They part from ours lower than they show.
        DEEPER,
        SHORTER,
        SPLIT,

        /// They part from ours before anything that is remembered.
        BEYOND,

        /// They do not hold.
        UNSOUND
    }

    /// @param blocks ascending
    Finding look(List<PorBlock> blocks, long best) {
        PorBlock first = blocks.getFirst();
        if (first.creation().height() > past.lastKey() + 1) {
            return Finding.BELOW;
        }
        Placed from = past.get(first.creation().height() - 1);
        if (from == null) {
            return Finding.BEYOND;
        }
        if (!from.hash().equals(first.header().previous())) {
            return from.height() > past.firstKey() ? Finding.DEEPER : Finding.BEYOND;
        }
        for (PorBlock block : blocks) {
            if (!(judge.judge(block, from) instanceof Parsed.Value<Placed>(Placed next))) {
                return Finding.UNSOUND;
            }
            from = next.bare();
        }
        if (from.height() <= best) {
            return Finding.SHORTER;
        }
        split = true;
        return Finding.SPLIT;
    }
}
