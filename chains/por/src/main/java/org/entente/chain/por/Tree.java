package org.entente.chain.por;

import org.entente.light.por.Burial;
import org.entente.light.por.Member;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// All blocks that hold, from the newest final one on. The longest branch counts; of two as long
/// the one that was here first. Changed in place by one owner (docs/chains/por.md §5).
public final class Tree {
    private final TreeMap<Digest, Placed> blocks = new TreeMap<>();
    private Placed last;
    private Placed best;
    private long stale;

    /// @param last the newest final block
    public Tree(Placed last) {
        this.last = last;
        this.best = last;
        blocks.put(last.hash(), last);
    }

    /// What an added block changed.
    ///
    /// @param left the blocks of the best branch that are not on it any longer, the highest first
    /// @param joined those that now are, the lowest first
    /// @param settled those that became final, the lowest first
    public record Change(List<Placed> left, List<Placed> joined, List<Placed> settled) {
        static final Change NONE = new Change(List.of(), List.of(), List.of());

        public Change {
            left = List.copyOf(left);
            joined = List.copyOf(joined);
            settled = List.copyOf(settled);
        }
    }

    public Placed best() {
        return best;
    }

    public Placed last() {
        return last;
    }

    /// How many blocks held and are not of the chain, since the start.
    public long stale() {
        return stale;
    }

    public Optional<Placed> find(Digest hash) {
        return Optional.ofNullable(blocks.get(hash));
    }

    /// The blocks of the best branch above the newest final one, the lowest first.
    public List<Placed> branch() {
        return pathTo(best, last);
    }

    /// The other blocks that a creator made upon the same one.
    public List<Placed> twins(VerifyingKey creator, Digest parent) {
        return blocks.values().stream()
                .filter(each -> each.parent().equals(parent) && each.isBy(creator))
                .toList();
    }

    /// A block that holds and whose parent is here.
    public Change add(Placed placed) {
        blocks.put(placed.hash(), placed);
        return placed.height() > best.height() ? moved(placed) : Change.NONE;
    }

    /// When nothing happens any longer everybody moves to the same one of the highest blocks, whose
    /// creator rests while the others can go on.
    public Change agree() {
        Placed least =
                blocks.values().stream()
                        .filter(each -> each.height() == best.height())
                        .min(Comparator.comparing(Placed::hash))
                        .orElseThrow();
        return least.equals(best) ? Change.NONE : moved(least);
    }

    private Change moved(Placed to) {
        Placed common = common(best, to);
        List<Placed> left = pathTo(best, common).reversed();
        List<Placed> joined = pathTo(to, common);
        best = to;
        return new Change(left, joined, settle());
    }

    private Placed common(Placed one, Placed other) {
        Placed a = one;
        Placed b = other;
        while (!a.hash().equals(b.hash())) {
            if (a.height() >= b.height()) {
                a = parent(a);
            } else {
                b = parent(b);
            }
        }
        return a;
    }

    private List<Placed> pathTo(Placed to, Placed from) {
        List<Placed> path = new ArrayList<>();
        for (Placed each = to; !each.hash().equals(from.hash()); each = parent(each)) {
            path.addFirst(each);
        }
        return path;
    }

    private Placed parent(Placed placed) {
        return find(placed.parent()).orElseThrow();
    }

    private List<Placed> settle() {
        List<Placed> branch = branch();
        int settled = 0;
        while (settled < branch.size() && isDeep(branch, settled)) {
            settled++;
        }
        if (settled == 0) {
            return List.of();
        }
        last = branch.get(settled - 1);
        prune();
        stale -= settled - 1L;
        return branch.subList(0, settled);
    }

    /// Whether a block of the branch is final by those above it.
    private static boolean isDeep(List<Placed> branch, int index) {
        List<Member> above =
                branch.subList(index + 1, branch.size()).stream().map(Placed::maker).toList();
        return Burial.isDeep(branch.get(index).by(), above);
    }

    /// Lets go of everything that does not stand upon the newest final block.
    private void prune() {
        TreeMap<Digest, Placed> kept = new TreeMap<>();
        kept.put(last.hash(), last);
        List<Placed> ascending = new ArrayList<>(blocks.values());
        ascending.sort(Comparator.comparingLong(Placed::height));
        for (Placed each : ascending) {
            if (kept.containsKey(each.parent())) {
                kept.put(each.hash(), each);
            }
        }
        // The old final block was counted when it became one.
        stale += blocks.size() - 1L - kept.size();
        blocks.clear();
        blocks.putAll(kept);
    }
}
