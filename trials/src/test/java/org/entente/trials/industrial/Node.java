package org.entente.trials.industrial;

import org.entente.certs.Signer;
import org.entente.chain.Block;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.Body;
import org.entente.chain.industrial.Event;
import org.entente.chain.industrial.Message;
import org.entente.chain.industrial.Pledge;
import org.entente.chain.industrial.Replica;
import org.entente.chain.industrial.Self;
import org.entente.chain.industrial.Step;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A node of production's core, with a disk that keeps what it is told and a process that may end
/// between any two steps.
final class Node {
    private static final int SERVED_COUNT_MAX = 16;

    private final World world;
    private final int index;
    private final Self self;
    private final Liar liar;

    /// The disk.
    private final List<Block> kept = new ArrayList<>();

    private Ledger last;
    private Optional<Pledge> pledge = Optional.empty();

    private Optional<Replica> replica = Optional.empty();

    Node(World world, int index, Self self, Liar liar) {
        this.world = world;
        this.index = index;
        this.self = self;
        this.liar = liar;
        this.last = world.works().first();
    }

    int index() {
        return index;
    }

    boolean isHonest() {
        return index >= world.plan().liars();
    }

    boolean isUp() {
        return replica.isPresent();
    }

    long height() {
        return last.height();
    }

    Signer signer() {
        return self.signer();
    }

    VerifyingKey key() {
        return self.signer().key();
    }

    void start() {
        replica = Optional.of(new Replica(self, last, pledge, world.agenda().now()));
        on(new Event.Tick());
    }

    void crash() {
        replica = Optional.empty();
        if (world.plan().defect() == Defect.PREPARED_IS_FORGOTTEN) {
            pledge =
                    pledge.map(it ->
                            new Pledge(
                                    it.turn(),
                                    it.changing(),
                                    it.proposed(),
                                    it.preparing(),
                                    Optional.empty()));
        }
    }

    void on(Event event) {
        ArrayDeque<Event> events = new ArrayDeque<>();
        events.add(event);
        while (!events.isEmpty() && isUp()) {
            for (Step step : replica.orElseThrow().on(events.poll(), world.agenda().now())) {
                if (!isUp() || world.isCrashedBetween(this)) {
                    return;
                }
                perform(step, events);
            }
        }
    }

    private void perform(Step step, ArrayDeque<Event> events) {
        switch (step) {
            case Step.Promise(Pledge next) -> {
                world.truth().promised(this, next);
                if (world.plan().defect() != Defect.DISK_FORGETS) {
                    pledge = Optional.of(next);
                }
            }
            case Step.Tell(var peers, Message message) -> tell(List.copyOf(peers), message);
            case Step.Make(Ledger tip, var turn, var evidence) ->
                    events.add(
                            new Event.Made(
                                    turn, world.works().make(tip, evidence, world.agenda().now())));
            case Step.Execute(Ledger tip, Body body, _) ->
                    events.add(new Event.Executed(body.digest(), execute(tip, body)));
            case Step.Commit(Ledger ledger, Block block) -> {
                kept.add(block);
                last = ledger;
                pledge = Optional.empty();
                world.truth().committed(this, ledger, block);
            }
            case Step.Serve(VerifyingKey peer, long from) -> serve(peer, (int) from);
            case Step.Blame(VerifyingKey peer, String why) ->
                    world.truth().blamed(this, world.node(peer), why);
            case Step.Alarm(String words) -> world.truth().alarmed(this, words);
        }
    }

    private Parsed<Ledger.Made> execute(Ledger tip, Body body) {
        boolean errs =
                world.plan().defect() == Defect.ONE_NODE_ERRS
                        && index == world.plan().nodes() - 1
                        && tip.height() == 4;
        return errs
                ? Parsed.refused(Fault.INVALID_VALUE, "it errs")
                : world.works().execute(tip, body);
    }

    private void serve(VerifyingKey peer, int from) {
        List<Block> blocks =
                kept.subList(from - 1, Math.min(kept.size(), from - 1 + SERVED_COUNT_MAX));
        send(world.node(peer), new Message.Blocks(blocks));
    }

    private void tell(List<VerifyingKey> peers, Message message) {
        world.truth().told(this, message);
        for (int place = 0; place < peers.size(); place++) {
            Node peer = world.node(peers.get(place));
            if (isHonest()) {
                send(peer, message);
            } else {
                liar.said(message, peer.index, last).forEach(each -> send(peer, each));
            }
        }
    }

    private void send(Node peer, Message message) {
        world.network().send(index, peer.index, message);
    }
}
