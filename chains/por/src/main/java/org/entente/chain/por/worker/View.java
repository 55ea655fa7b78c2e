package org.entente.chain.por.worker;

import org.entente.chain.SignedTransaction;
import org.entente.chain.por.Placed;
import org.entente.chain.por.Tree;
import org.entente.protocol.Digest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a node knew at one moment, for whoever asks on another thread.
///
/// @param branch the blocks above the newest final one, the lowest first
/// @param pending in which of them transactions are, by their ids
/// @param stale how many blocks held and are not of the chain, since the start
public record View(
        Placed last,
        Placed head,
        List<Placed> branch,
        Map<Digest, Long> pending,
        long stale,
        boolean isSplit) {
    public View {
        branch = List.copyOf(branch);
        pending = Map.copyOf(pending);
    }

    static View of(Tree tree, boolean isSplit) {
        List<Placed> branch = tree.branch();
        Map<Digest, Long> pending = new HashMap<>();
        for (Placed each : branch) {
            each.block()
                    .ifPresent(block -> {
                        for (SignedTransaction signed : block.transactions()) {
                            pending.put(signed.id(), each.height());
                        }
                    });
        }
        return new View(tree.last(), tree.best(), branch, pending, tree.stale(), isSplit);
    }
}
