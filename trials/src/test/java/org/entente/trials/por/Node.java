package org.entente.trials.por;

import org.entente.certs.Signer;
import org.entente.chain.por.BlockJudge;
import org.entente.chain.por.Event;
import org.entente.chain.por.Habits;
import org.entente.chain.por.Message;
import org.entente.chain.por.Placed;
import org.entente.chain.por.PorBlock;
import org.entente.chain.por.Step;
import org.entente.chain.por.Template;
import org.entente.chain.por.Tree;
import org.entente.chain.por.Watch;
import org.entente.light.NodeKey;
import org.entente.light.fixture.Played;
import org.entente.light.por.Member;
import org.entente.light.por.Rules;
import org.entente.protocol.Bytes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One node: the production's core with a played disk, network and search.
final class Node {
    private final World world;
    final int index;
    final Signer account;

    /// Under which the others know the connection, whatever key signs blocks.
    final NodeKey address;

    private final BlockJudge judge;
    private final Habits habits;
    private Played signer;

    /// Keys that it may sign with once the members have agreed.
    private final TreeMap<NodeKey, Played> keys = new TreeMap<>();

    /// What a crash leaves.
    private final List<PorBlock> kept = new ArrayList<>();

    private Placed durable;
    private final TreeMap<Long, Bytes> settled = new TreeMap<>();

    private Optional<Watch> watch = Optional.empty();
    private Optional<Template> current = Optional.empty();

    /// Grows with each search, so that what an old one finds is known as such.
    private long search;

    private Duration clockOff = Duration.ZERO;

    Node(World world, int index, Signer account, Played signer, BlockJudge judge, Habits habits) {
        this.world = world;
        this.index = index;
        this.account = account;
        this.address = signer.key();
        this.signer = signer;
        this.keys.put(signer.key(), signer);
        this.judge = judge;
        this.habits = habits;
        this.durable = world.first(index);
    }

    boolean isUp() {
        return watch.isPresent();
    }

    Tree tree() {
        return watch.orElseThrow().tree();
    }

    boolean isSplit() {
        return watch.orElseThrow().isSplit();
    }

    Rules rules() {
        return tree().best().link().rules();
    }

    Optional<Member> self() {
        return rules().member(account.key());
    }

    Instant now() {
        return world.agenda().now().plus(clockOff);
    }

    void clockOff(Duration by) {
        clockOff = by;
    }

    void prepare(Played key) {
        keys.put(key.key(), key);
    }

    Played signer() {
        return signer;
    }

    void start() {
        Watch fresh =
                new Watch(
                        judge,
                        habits,
                        account.key(),
                        key -> Optional.ofNullable(keys.get(key)),
                        durable,
                        now());
        kept.forEach(block -> fresh.remember(block, now()));
        watch = Optional.of(fresh);
        kept.removeIf(block -> block.creation().height() <= durable.height());
        for (Node other : world.nodes()) {
            if (other != this && other.isUp()) {
                on(new Event.Joined(other.address));
                other.on(new Event.Joined(address));
            }
        }
        turnKey();
    }

    /// Ends at once, as by `kill -9`.
    void crash() {
        watch = Optional.empty();
        current = Optional.empty();
        search++;
        for (Node other : world.nodes()) {
            if (other != this && other.isUp()) {
                other.on(new Event.Left(address));
            }
        }
    }

    void on(Event event) {
        if (watch.isPresent()) {
            perform(watch.get().on(event, now()));
            work();
        }
    }

    private void perform(List<Step> steps) {
        for (Step step : steps) {
            if (!isUp()) {
                return;
            }
            perform(step);
            if (world.troubles().isCrashedBetween(this)) {
                return;
            }
        }
    }

    private void perform(Step step) {
        switch (step) {
            case Step.Keep(Placed placed) -> {
                PorBlock block = placed.block().orElseThrow();
                if (!world.defects().isForgotten(block)) {
                    kept.add(block);
                }
                world.truth().kept(this, block);
            }
            case Step.Say(NodeKey peer, Message message) ->
                    world.node(peer).ifPresent(to -> world.send(this, to, message));
            case Step.Tell(Message message, Optional<NodeKey> except) ->
                    world.nodes().stream()
                            .filter(to -> to != this && to.isUp())
                            .filter(to -> except.isEmpty() || !except.get().equals(to.address))
                            .forEach(to -> world.send(this, to, message));
            case Step.Serve(NodeKey peer, long from) ->
                    world.node(peer).ifPresent(to -> world.send(this, to, served(from)));
            case Step.Blame(NodeKey peer, int _, String why) ->
                    world.truth().blamed(this, world.node(peer).orElseThrow(), why);
            case Step.Moved(Tree.Change change) -> moved(change);
            case Step.Expose(var one, var other) -> world.assembly().expose(this, one, other);
            case Step.Alarm(String words) -> world.truth().alarm(this, words);
        }
    }

    private Message served(long from) {
        List<Bytes> blocks = new ArrayList<>(settled.tailMap(from).values());
        for (Placed each : tree().branch()) {
            if (each.height() >= from) {
                blocks.add(each.block().orElseThrow().bytes());
            }
        }
        return new Message.Blocks(
                blocks.subList(0, Math.min(blocks.size(), Message.BLOCK_COUNT_MAX)));
    }

    private void moved(Tree.Change change) {
        for (Placed each : change.settled()) {
            world.truth().settled(this, each);
            settled.put(each.height(), each.block().orElseThrow().bytes());
        }
        if (!change.settled().isEmpty()) {
            durable = change.settled().getLast();
        }
        if (world.defects().areFinalTooEarly()) {
            List<Placed> branch = tree().branch();
            branch.subList(0, Math.max(0, branch.size() - 1))
                    .forEach(each -> world.truth().settled(this, each));
        }
        turnKey();
    }

    /// The key that its branch names.
    private void turnKey() {
        if (!isUp()) {
            return;
        }
        Optional<Played> due =
                self().map(Member::key).filter(key -> !key.equals(signer.key())).map(keys::get);
        if (due.isPresent()) {
            signer = due.get();
            world.truth().line(this, "signs with another key");
        }
    }

    /// Looks whether there is another block to search for.
    void work() {
        if (watch.isEmpty()) {
            return;
        }
        Optional<Template> wanted = watch.get().work(current, world.pond().of(index), now());
        if (wanted.isPresent() && wanted.equals(current)) {
            return;
        }
        search++;
        current = wanted;
        if (wanted.isPresent() && !world.defects().isIdle()) {
            long mine = search;
            world.search(this, wanted.get(), () -> found(wanted.get(), mine));
        }
    }

    private void found(Template template, long mine) {
        if (mine == search && isUp()) {
            long nonce = world.mine().nonce();
            world.mine().pay(template.header().with(nonce), template.target());
            current = Optional.empty();
            world.truth().line(this, "found " + template.creation().height());
            on(new Event.Found(template, nonce));
            world.rogue().scatter(this, template);
        }
    }
}
