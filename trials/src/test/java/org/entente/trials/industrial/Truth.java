package org.entente.trials.industrial;

import org.entente.chain.Block;
import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.Body;
import org.entente.chain.industrial.Kept;
import org.entente.chain.industrial.Message;
import org.entente.chain.industrial.Pledge;
import org.entente.chain.industrial.Roster;
import org.entente.chain.industrial.Table;
import org.entente.chain.state.State;
import org.entente.chain.state.StateKey;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;
import org.entente.trials.simulation.Trace;
import org.entente.trials.simulation.Violation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// What must always hold of the nodes that do not lie, looked at whenever one of them does
/// something.
final class Truth {
    private static final int POINTS_MAX = 1_000;

    private final World world;
    private final Trace trace;
    private final List<Ledger> chain = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final TreeMap<String, Digest> words = new TreeMap<>();
    private final TreeMap<VerifyingKey, Long> nonces = new TreeMap<>();

    /// By height and view: who of the honest keeps that a header was prepared.
    private final TreeMap<Long, TreeMap<Integer, TreeMap<Digest, TreeSet<Integer>>>> prepared =
            new TreeMap<>();

    private final Reader reader;
    private int views;

    Truth(World world, Trace trace, Reader reader) {
        this.world = world;
        this.trace = trace;
        this.reader = reader;
    }

    Trace trace() {
        return trace;
    }

    int height() {
        return blocks.size();
    }

    /// Views that made no block final.
    int views() {
        return views;
    }

    Table table() {
        return Kept.table(chain.getLast().state());
    }

    void begun(Ledger first) {
        chain.add(first);
    }

    void line(Node node, String what) {
        trace.line("n" + node.index(), what);
    }

    void committed(Node node, Ledger ledger, Block block) {
        int height = (int) ledger.height();
        line(node, "has " + height + " " + block.header().digest().hex().substring(0, 8));
        if (height > blocks.size()) {
            if (height != blocks.size() + 1) {
                throw new Violation("BlocksFollow", "block " + height + " came first");
            }
            chain.add(ledger);
            blocks.add(block);
            first(ledger, block);
            return;
        }
        Ledger known = chain.get(height);
        if (!known.head().header().digest().equals(block.header().digest())) {
            throw new Violation(
                    "OneBlockAtAHeight", "node " + node.index() + " has another block " + height);
        }
        if (!roster(known).equals(roster(ledger))
                || !known.state().root().equals(ledger.state().root())) {
            throw new Violation("StatesAgree", "behind block " + height);
        }
    }

    private static Roster roster(Ledger ledger) {
        return Kept.roster(ledger.state(), ledger.height() + 1);
    }

    private void first(Ledger ledger, Block block) {
        State state = ledger.state();
        for (SignedTransaction each : world.seen(block)) {
            VerifyingKey account = each.transaction().account();
            long due = nonces.merge(account, 1L, Long::sum) - 1;
            if (each.transaction().nonce() != due) {
                throw new Violation("EachComesOnce", account + " in block " + ledger.height());
            }
        }
        if (state.value(StateKey.own(Works.FORBIDDEN)).isPresent()) {
            throw new Violation("FailedChangesNothing", "behind block " + ledger.height());
        }
        reputation(ledger);
        reader.shown(ledger);
    }

    private void reputation(Ledger ledger) {
        Table table = Kept.table(ledger.state());
        table.members()
                .forEach((member, repute) -> {
                    if (repute.points() > POINTS_MAX) {
                        throw new Violation("ReputationIsBounded", "" + repute);
                    }
                    if (repute.banned() && !world.isLiar(member)) {
                        throw new Violation("NobodyHonestIsBanned", "" + member);
                    }
                });
        Roster roster = roster(ledger);
        long free = table.members().values().stream().filter(each -> !each.banned()).count();
        boolean isNew = Kept.settings(ledger.state()).isLast(ledger.height());
        int seats = roster.sealers().keys().size();
        boolean hasBanned =
                roster.sealers().keys().stream().anyMatch(each -> table.of(each).banned());
        if (isNew && (hasBanned || seats != Math.min(world.plan().seats(), free))) {
            throw new Violation("SeatsAreTaken", seats + " of " + free + ", banned " + hasBanned);
        }
    }

    void promised(Node node, Pledge pledge) {
        if (!node.isHonest() || pledge.prepared().isEmpty()) {
            return;
        }
        if (world.plan().defect() == Defect.TOO_MANY_LIE) {
            // Then this holds no longer, and it is seen what comes of it.
            return;
        }
        Turn turn = pledge.prepared().get().proof().turn();
        Digest header = pledge.prepared().get().proof().header();
        TreeMap<Integer, TreeMap<Digest, TreeSet<Integer>>> views =
                prepared.computeIfAbsent(turn.height(), _ -> new TreeMap<>());
        views.computeIfAbsent(turn.view(), _ -> new TreeMap<>())
                .computeIfAbsent(header, _ -> new TreeSet<>())
                .add(node.index());
        Sealers sealers = roster(chain.get((int) turn.height() - 1)).sealers();
        int quorum = sealers.quorum();
        int liars = (int) sealers.keys().stream().filter(world::isLiar).count();
        views.headMap(turn.view(), true)
                .forEach((view, headers) ->
                        headers.forEach((other, who) -> {
                            boolean mayBeFinal = who.size() + liars >= quorum;
                            if (mayBeFinal && !other.equals(header)) {
                                throw new Violation(
                                        "PreparedSurvives",
                                        "height %d: view %d, then view %d"
                                                .formatted(turn.height(), view, turn.view()));
                            }
                        }));
    }

    /// An honest node says one thing in each turn, whatever happens to it.
    void told(Node node, Message message) {
        if (!node.isHonest()) {
            return;
        }
        Ballot ballot;
        switch (message) {
            case Message.Propose propose -> ballot = propose.ballot();
            case Message.Vote vote -> ballot = vote.ballot();
            default -> {
                return;
            }
        }
        Digest before =
                words.putIfAbsent(
                        node.index() + " " + ballot.phase() + " " + ballot.turn(), ballot.header());
        if (before != null && !before.equals(ballot.header())) {
            throw new Violation(
                    "OneWordPerTurn",
                    "node " + node.index() + ": two " + ballot.phase() + " in " + ballot.turn());
        }
        views += ballot.phase() == Ballot.Phase.PROPOSE && ballot.turn().view() > 0 ? 1 : 0;
    }

    void blamed(Node node, Node peer, String why) {
        line(node, "blames n" + peer.index() + ": " + why);
        if (node.isHonest() && peer.isHonest()) {
            throw new Violation(
                    "NobodyHonestIsBlamed", "node " + node.index() + " by " + peer.index() + why);
        }
    }

    void alarmed(Node node, String why) {
        line(node, why);
        if (node.isHonest()) {
            throw new Violation("NothingAlarms", "node " + node.index() + ": " + why);
        }
    }

    /// Whoever replays the blocks, and has nothing else, has the same reputation.
    void replayed(Works works) {
        Ledger ledger = works.first();
        for (Block block : blocks) {
            Parsed<Ledger.Made> made =
                    works.anew(ledger, new Body(block.header(), block.transactions()));
            ledger = made.orThrow().certified(block.certified());
            Table known = Kept.table(chain.get((int) ledger.height()).state());
            if (!Kept.table(ledger.state()).equals(known)) {
                throw new Violation("ReputationFollows", "behind block " + ledger.height());
            }
        }
    }
}
