package org.entente.chain.por;

import org.entente.light.NodeKey;
import org.entente.light.por.Certificate;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What a node knows of its chain, and what it does about what it is told. Changed in place by one
/// owner; knows no clock, no disk and no network (docs/chains/por.md §5 and §6).
public final class Watch {
    /// How many final blocks are remembered to judge branches by that part below the newest one.
    public static final int PAST_COUNT_MAX = 256;

    private static final int EARLY_COUNT_MAX = 64;
    private static final int TWIN_COUNT_MAX = 2;
    private static final Duration EARLY_TIME_MAX = Duration.ofMinutes(1);
    private static final int ASK_COUNT_MAX = 16;
    private static final Duration ASK_TIME_MAX = Duration.ofSeconds(5);
    private static final int GARBAGE = 50;
    private static final int INVALID = 100;

    private final BlockJudge judge;
    private final Habits habits;
    private final Maker maker;
    private final Tree tree;
    private final Conflicts conflicts;

    /// Which heads peers told, and until when they are not asked again.
    private final TreeMap<NodeKey, Peer> peers = new TreeMap<>();

    /// Blocks from the future, by when they came.
    private final List<Early> early = new ArrayList<>();

    /// When everybody was last told what we have because nothing happened.
    private Instant told;

    /// @param askCount how often it was asked since it brought something: who promises blocks and
    ///   brings none keeps us from our work once
    private record Peer(long height, Instant askedUntil, int askCount) {
        private static final Peer NEW = new Peer(0, Instant.MIN, 0);

        /// An answer lets it be asked again at once, unless answers lead nowhere for long.
        private Peer answered() {
            return askCount < ASK_COUNT_MAX ? new Peer(height, Instant.MIN, askCount) : this;
        }

        private boolean isAwaited(Instant now) {
            return askCount == 1 && now.isBefore(askedUntil);
        }
    }

    private record Early(PorBlock block, Optional<NodeKey> from, Instant came) {}

    /// @param account who makes blocks here
    /// @param signers its node's keys
    public Watch(
            BlockJudge judge,
            Habits habits,
            VerifyingKey account,
            Signers signers,
            Placed last,
            Instant now) {
        this.judge = judge;
        this.tree = new Tree(last);
        this.maker = new Maker(judge, habits, account, signers, tree, now);
        this.habits = habits;
        this.told = now;
        this.conflicts = new Conflicts(judge, last);
    }

    public Tree tree() {
        return tree;
    }

    /// Whether the members' chain has parted in two that are both final for someone.
    public boolean isSplit() {
        return conflicts.isSplit();
    }

    /// Takes a block that this node kept before it was ended; in the order it kept them. Those that
    /// stand on no block here stood beside the newest final one.
    public Tree.Change remember(PorBlock block, Instant now) {
        Optional<Placed> parent = tree.find(block.header().previous());
        if (parent.isEmpty() || tree.find(block.hash()).isPresent()) {
            return Tree.Change.NONE;
        }
        return judge.judge(block, parent.get()) instanceof Parsed.Value<Placed>(Placed placed)
                ? moved(tree.add(placed), now)
                : Tree.Change.NONE;
    }

    public List<Step> on(Event event, Instant now) {
        List<Step> steps = new ArrayList<>();
        switch (event) {
            case Event.Joined(NodeKey peer) -> joined(peer, steps);
            case Event.Left(NodeKey peer) -> peers.remove(peer);
            case Event.Had(NodeKey peer, long height, Digest hash) ->
                    had(peer, height, hash, now, steps);
            case Event.Fetched(NodeKey peer, Digest hash) -> fetched(peer, hash, steps);
            case Event.Asked(NodeKey peer, long from) -> steps.add(new Step.Serve(peer, from));
            case Event.Sent(NodeKey peer, List<Bytes> blocks) -> sent(peer, blocks, now, steps);
            case Event.Found(Template template, long nonce) -> found(template, nonce, now, steps);
            case Event.Exhausted(Template template) -> maker.exhausted(template);
            case Event.Tick() -> tick(now, steps);
        }
        return steps;
    }

    /// What to search a nonce for, if anything: asked again after each event and each moment.
    ///
    /// @param current what is being searched for
    public Optional<Template> work(Optional<Template> current, Waiting waiting, Instant now) {
        return conflicts.isSplit() || isBehind(now)
                ? Optional.empty()
                : maker.work(current, waiting, now);
    }

    /// Whether a peer that was asked for blocks above ours still has its time to answer.
    private boolean isBehind(Instant now) {
        long height = tree.best().height() + 1;
        return peers.values().stream()
                .anyMatch(peer -> peer.height > height && peer.isAwaited(now));
    }

    private Peer known(NodeKey peer) {
        return peers.getOrDefault(peer, Peer.NEW);
    }

    private void joined(NodeKey peer, List<Step> steps) {
        peers.put(peer, Peer.NEW);
        Placed best = tree.best();
        steps.add(new Step.Say(peer, new Message.Have(best.height(), best.hash())));
    }

    private void had(NodeKey peer, long height, Digest hash, Instant now, List<Step> steps) {
        Peer known = known(peer);
        peers.put(peer, new Peer(height, known.askedUntil, known.askCount));
        if (tree.find(hash).isPresent() || conflicts.isPast(height, hash)) {
            return;
        }
        if (height <= tree.last().height()) {
            // It follows another chain below what is final here: that is looked into when its own
            // is longer.
            return;
        }
        if (height <= tree.best().height() + 1) {
            steps.add(new Step.Say(peer, new Message.Fetch(hash)));
        } else {
            ask(peer, tree.best().height() + 1, now, steps);
        }
    }

    private void ask(NodeKey peer, long from, Instant now, List<Step> steps) {
        Peer known = known(peer);
        if (!now.isBefore(known.askedUntil)) {
            peers.put(peer, new Peer(known.height, now.plus(ASK_TIME_MAX), known.askCount + 1));
            steps.add(new Step.Say(peer, new Message.Ask(from)));
        }
    }

    private void fetched(NodeKey peer, Digest hash, List<Step> steps) {
        tree.find(hash)
                .flatMap(Placed::block)
                .ifPresent(block ->
                        steps.add(new Step.Say(peer, new Message.Blocks(List.of(block.bytes())))));
    }

    private void sent(NodeKey peer, List<Bytes> blocks, Instant now, List<Step> steps) {
        Peer known = known(peer);
        peers.put(peer, known.answered());
        List<PorBlock> loose = new ArrayList<>();
        boolean moved = false;
        List<PorBlock> read = new ArrayList<>();
        for (Bytes each : blocks) {
            switch (PorBlock.of(each)) {
                case Parsed.Refused<PorBlock>(Verdict.Rejected why) -> {
                    steps.add(new Step.Blame(peer, INVALID, why.toString()));
                    return;
                }
                case Parsed.Value<PorBlock>(PorBlock block) -> read.add(block);
            }
        }
        for (int index = 0; index < read.size(); index++) {
            PorBlock block = read.get(index);
            boolean isAlone =
                    index + 1 == read.size()
                            || !read.get(index + 1).header().previous().equals(block.hash());
            Placement placement = place(block, Optional.of(peer), isAlone, now, steps);
            if (placement == Placement.BAD) {
                return;
            }
            if (placement == Placement.LOOSE) {
                loose.add(block);
            }
            moved |= placement == Placement.NEW;
        }
        if (moved) {
            peers.put(peer, new Peer(known.height, Instant.MIN, 0));
        }
        long end = read.isEmpty() ? 0 : read.getLast().creation().height();
        if (moved && known.height > Math.max(end, tree.best().height())) {
            ask(peer, end + 1, now, steps);
        } else if (!loose.isEmpty()) {
            lookInto(peer, loose, now, steps);
        }
    }

    /// A chain that does not meet ours.
    private void lookInto(NodeKey peer, List<PorBlock> loose, Instant now, List<Step> steps) {
        int tries = known(peer).askCount;
        switch (conflicts.look(loose, tree.best().height())) {
            case BELOW ->
                    ask(
                            peer,
                            Math.max(tree.last().height() + 1, conflicts.below(loose, tries)),
                            now,
                            steps);
            case DEEPER -> ask(peer, conflicts.below(loose, tries), now, steps);
            case SPLIT ->
                    steps.add(
                            new Step.Alarm(
                                    "the chain has split: another one is longer and parts"
                                            + " below what is final here; no blocks are made"
                                            + " until the members have decided"));
            case SHORTER, BEYOND -> {
                // Somebody will find out that it is on the shorter one; and what is not
                // remembered cannot be judged.
            }
            case UNSOUND -> steps.add(new Step.Blame(peer, GARBAGE, "blocks that lead nowhere"));
        }
    }

    private enum Placement {
        NEW,
        KNOWN,
        LOOSE,
        LATER,
        BAD
    }

    /// @param isAlone no block upon it came with it
    private Placement place(
            PorBlock block,
            Optional<NodeKey> from,
            boolean isAlone,
            Instant now,
            List<Step> steps) {
        Digest hash = block.hash();
        if (tree.find(hash).isPresent() || conflicts.isPast(block.creation().height(), hash)) {
            return Placement.KNOWN;
        }
        Optional<Placed> parent = tree.find(block.header().previous());
        if (parent.isEmpty()) {
            return Placement.LOOSE;
        }
        List<Placed> twins = tree.twins(block.creation().creator(), parent.get().hash());
        if (isAlone && twins.size() >= TWIN_COUNT_MAX) {
            // Who can make blocks for nothing could flood everybody: more are taken only when
            // others have built upon them.
            return Placement.LATER;
        }
        Instant limit = now.plus(judge.settings().skewMax());
        if (Instant.ofEpochSecond(block.header().time()).isAfter(limit)) {
            return hold(block, parent.get(), from, now, steps);
        }
        return switch (judge.judge(block, parent.get())) {
            case Parsed.Refused<Placed>(Verdict.Rejected why) -> refused(why, from, steps);
            case Parsed.Value<Placed>(Placed placed) -> {
                accepted(placed, block, twins, from, now, steps);
                yield Placement.NEW;
            }
        };
    }

    /// Only what has its work and its signature is held until its time has come.
    private Placement hold(
            PorBlock block, Placed parent, Optional<NodeKey> from, Instant now, List<Step> steps) {
        if (judge.head(block, parent) instanceof Verdict.Rejected why) {
            return refused(why, from, steps);
        }
        boolean isKnown = early.stream().anyMatch(each -> each.block.hash().equals(block.hash()));
        if (!isKnown && early.size() < EARLY_COUNT_MAX) {
            early.add(new Early(block, from, now));
        }
        return Placement.LATER;
    }

    private static Placement refused(
            Verdict.Rejected why, Optional<NodeKey> from, List<Step> steps) {
        from.ifPresent(peer -> steps.add(new Step.Blame(peer, INVALID, why.toString())));
        return Placement.BAD;
    }

    private void accepted(
            Placed placed,
            PorBlock block,
            List<Placed> twins,
            Optional<NodeKey> from,
            Instant now,
            List<Step> steps) {
        steps.add(new Step.Keep(placed));
        // Its maker sends it to everybody; others only say that they have it.
        steps.add(
                new Step.Tell(
                        from.isEmpty()
                                ? new Message.Blocks(List.of(block.bytes()))
                                : new Message.Have(placed.height(), placed.hash()),
                        from));
        if (!twins.isEmpty()) {
            Certificate other = twins.getFirst().block().orElseThrow().certificate();
            steps.add(new Step.Expose(other, block.certificate()));
        }
        Tree.Change change = moved(tree.add(placed), now);
        if (!change.joined().isEmpty()) {
            steps.add(new Step.Moved(change));
        }
    }

    private Tree.Change moved(Tree.Change change, Instant now) {
        if (!change.joined().isEmpty()) {
            maker.moved(now);
        }
        change.settled().forEach(conflicts::settled);
        return change;
    }

    /// What was found too late is let go: it would be stale, or our second one upon the same.
    private void found(Template template, long nonce, Instant now, List<Step> steps) {
        if (!template.parent().hash().equals(tree.best().hash())) {
            return;
        }
        if (!tree.twins(template.creation().creator(), template.parent().hash()).isEmpty()) {
            return;
        }
        maker.signed(template, nonce)
                .ifPresent(block -> {
                    Placed placed = BlockJudge.placed(block, template.parent(), template.made());
                    accepted(placed, block, List.of(), Optional.empty(), now, steps);
                });
    }

    private void tick(Instant now, List<Step> steps) {
        List<Early> due = new ArrayList<>();
        Instant limit = now.plus(judge.settings().skewMax());
        for (Iterator<Early> each = early.iterator(); each.hasNext(); ) {
            Early one = each.next();
            boolean isDue = !Instant.ofEpochSecond(one.block.header().time()).isAfter(limit);
            if (isDue) {
                due.add(one);
            }
            if (isDue || one.came.plus(EARLY_TIME_MAX).isBefore(now)) {
                each.remove();
            }
        }
        due.forEach(each -> place(each.block, each.from, true, now, steps));
        if (maker.isStalled(now)) {
            stalled(now, steps);
        }
    }

    /// Nothing happens any longer: everybody tells what it has and moves to the same of the best.
    private void stalled(Instant now, List<Step> steps) {
        Tree.Change change = moved(tree.agree(), now);
        if (!change.joined().isEmpty()) {
            steps.add(new Step.Moved(change));
        }
        if (!now.isBefore(told.plus(habits.stall()))) {
            told = now;
            Placed best = tree.best();
            steps.add(
                    new Step.Tell(new Message.Have(best.height(), best.hash()), Optional.empty()));
        }
    }
}
