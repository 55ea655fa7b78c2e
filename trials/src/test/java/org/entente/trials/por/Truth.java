package org.entente.trials.por;

import org.entente.chain.por.Placed;
import org.entente.chain.por.PorBlock;
import org.entente.protocol.Digest;
import org.entente.trials.simulation.Trace;
import org.entente.trials.simulation.Violation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What must always hold of the nodes that do not lie, checked whenever one of them says something
/// is so.
final class Truth {
    private final World world;
    private final Trace trace;
    private final Model model;

    /// The final chain, as the first node had it.
    private final List<Placed> chain = new ArrayList<>();

    private final List<TreeMap<Long, Digest>> settled = new ArrayList<>();

    /// Who made a block upon which.
    private final TreeMap<String, Digest> made = new TreeMap<>();

    private final TreeMap<Digest, Instant> times = new TreeMap<>();
    private int blocks;

    /// One block of the final chain.
    ///
    /// @param at when it was made
    record Made(long height, int node, Duration at) {}

    Truth(World world, Trace trace, Model model) {
        this.world = world;
        this.trace = trace;
        this.model = model;
        for (int node = 0; node < world.plan().nodes(); node++) {
            settled.add(new TreeMap<>());
        }
    }

    void line(Node node, String what) {
        trace.line("n" + node.index, what);
    }

    Trace trace() {
        return trace;
    }

    Model model() {
        return model;
    }

    int height() {
        return chain.size();
    }

    /// All blocks that were ever made.
    int blocks() {
        return blocks;
    }

    List<Made> chain() {
        return chain.stream()
                .map(placed -> {
                    PorBlock block = placed.block().orElseThrow();
                    return new Made(
                            placed.height(),
                            world.indexOf(block.creation().creator()),
                            Duration.between(world.begin(), times.get(placed.hash())));
                })
                .toList();
    }

    private boolean isHonest(Node node) {
        return node.index != world.plan().rogue();
    }

    void kept(Node node, PorBlock block) {
        if (times.putIfAbsent(block.hash(), world.agenda().now()) == null) {
            blocks++;
        }
        int creator = world.indexOf(block.creation().creator());
        if (creator == node.index && isHonest(node)) {
            Digest before =
                    made.putIfAbsent(creator + " " + block.header().previous(), block.hash());
            if (before != null && !before.equals(block.hash())) {
                throw new Violation(
                        "OneBlockUponOne", "node " + creator + " made two blocks upon one");
            }
        }
    }

    void settled(Node node, Placed placed) {
        if (!isHonest(node)) {
            return;
        }
        Digest before = settled.get(node.index).put(placed.height(), placed.hash());
        if (before != null && !before.equals(placed.hash())) {
            throw new Violation(
                    "FinalBlocksStay",
                    "node " + node.index + " had another final block " + placed.height());
        }
        if (placed.height() == chain.size() + 1) {
            line(node, "has final " + placed.height() + " " + placed.hash().hex().substring(0, 8));
            chain.add(placed);
            model.add(placed, world.defects().seen(placed.block().orElseThrow()));
            return;
        }
        if (placed.height() > chain.size()) {
            throw new Violation("FinalBlocksFollow", "block " + placed.height() + " came first");
        }
        Placed known = chain.get((int) placed.height() - 1);
        if (!known.hash().equals(placed.hash())) {
            throw new Violation(
                    "FinalChainsAgree",
                    "node " + node.index + " has another final block " + placed.height());
        }
        if (!known.ledger().state().root().equals(placed.ledger().state().root())) {
            throw new Violation("StatesAgree", "behind block " + placed.height());
        }
    }

    void blamed(Node node, Node peer, String why) {
        line(node, "blames n" + peer.index + ": " + why);
        if (isHonest(node) && isHonest(peer)) {
            throw new Violation(
                    "NobodyHonestIsBlamed",
                    "node " + node.index + " by " + peer.index + ": " + why);
        }
    }

    void alarm(Node node, String words) {
        line(node, words);
        if (isHonest(node)) {
            throw new Violation("NothingSplits", "node " + node.index + ": " + words);
        }
    }
}
