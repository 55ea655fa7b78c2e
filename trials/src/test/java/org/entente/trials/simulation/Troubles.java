package org.entente.trials.simulation;

import org.entente.chain.Action;
import org.entente.endorsement.EntryRecord;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Parsed;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.exchange.NodeSignature;
import org.entente.protocol.log.Cancellation;
import org.entente.protocol.log.EntryKind;
import org.entente.registry.fixture.Member;
import org.entente.relay.Event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What goes wrong and what people do, at random times until faults stop.
final class Troubles {
    private final World world;
    private final Chance chance;
    private boolean healed;

    Troubles(World world) {
        this.world = world;
        this.chance = world.chance().branch();
    }

    /// Begins to write the chains' own keys, to attack, and, if it is a hard seed, to break things.
    void begin(List<String> keys) {
        for (SimulatedChain chain : world.chains().values()) {
            keys.forEach(key -> write(chain, key));
            every(50, 1_500, () -> write(chain, chance.one(keys)));
            every(2_000, 9_000, () -> intrude(chain));
        }
        every(1_000, 9_000, this::wish);
        if (world.plan().hardship() == Plan.Hardship.NONE) {
            return;
        }
        every(1_500, 20_000, this::crashAgent);
        every(4_000, 40_000, () -> world.relay().crash());
        every(1_000, 8_000, () -> agent().cut());
        every(3_000, 20_000, this::partition);
        every(3_000, 15_000, this::chainTrouble);
        every(3_000, 15_000, this::adapterTrouble);
        every(2_000, 20_000, this::clock);
        double crashing = chance.in(0.5) ? 0.0005 : 0.004;
        world.relay().crashes(crashing);
        world.agents().values().forEach(each -> each.crashes(crashing));
    }

    private void every(long fromMillis, long toMillis, Runnable what) {
        world.agenda()
                .plan(
                        chance.millis(fromMillis, toMillis),
                        () -> {
                            if (!healed) {
                                what.run();
                                every(fromMillis, toMillis, what);
                            }
                        });
    }

    /// Everything works from now on; who is corrupt stays so.
    void heal() {
        healed = true;
        world.trace().line("world", "faults stop");
        world.network().heal();
        world.relay().crashes(0);
        for (SimulatedChain chain : world.chains().values()) {
            chain.reachable(true);
        }
        for (SimulatedAgent agent : world.agents().values()) {
            agent.crashes(0);
            world.chains().keySet().forEach(each -> agent.trouble(each, ChainView.Trouble.NONE));
        }
    }

    private SimulatedAgent agent() {
        return chance.one(new ArrayList<>(world.agents().values()));
    }

    private SimulatedChain chain() {
        return chance.one(new ArrayList<>(world.chains().values()));
    }

    private void write(SimulatedChain chain, String key) {
        String prefix = chain.id().equals(world.plan().treaty().orders()) ? "orders/" : "goods/";
        chain.write(prefix + key, Bytes.utf8(key + " is " + chance.number()));
    }

    private void crashAgent() {
        agent().crash();
    }

    private void partition() {
        SimulatedAgent agent = agent();
        world.trace().line(agent.name(), "is cut off");
        world.network().partition(agent.node());
        agent.cut();
        world.agenda().plan(chance.millis(500, 12_000), () -> world.network().join(agent.node()));
    }

    private void chainTrouble() {
        SimulatedChain chain = chain();
        if (chance.in(0.5)) {
            chain.crash();
        } else {
            chain.reachable(false);
            world.agenda().plan(chance.millis(500, 10_000), () -> chain.reachable(true));
        }
    }

    private void adapterTrouble() {
        SimulatedAgent agent = agent();
        ChainId chain = chain().id();
        agent.trouble(
                chain, chance.in(0.5) ? ChainView.Trouble.DISPUTED : ChainView.Trouble.BROKEN);
        world.agenda()
                .plan(
                        chance.millis(500, 8_000),
                        () -> agent.trouble(chain, ChainView.Trouble.NONE));
    }

    private void clock() {
        long by = chance.millis(0, 3_000).toMillis() - 1_500;
        (chance.in(0.3) ? world.relay().clock() : agent().clock()).step(by);
    }

    /// An owner wishes that something that was ordered be cancelled.
    private void wish() {
        long size = world.relay().log().size();
        if (size == 0 || !chance.in(0.3)) {
            return;
        }
        long serial = size - 1 - chance.below((int) Math.min(size, 10));
        Member owner = world.cast().members().get(chance.below(3));
        Cancellation cancellation = new Cancellation(world.alliance(), serial);
        NodeSignature wish =
                new NodeSignature(
                        owner.agent(),
                        owner.agentKey().sign(Cancellation.FORMAT.digest(cancellation)));
        world.relay().asked(ticket -> new Event.Wished(ticket, cancellation, wish), _ -> {});
    }

    /// Somebody brings what is not so to an inbox contract.
    private void intrude(SimulatedChain chain) {
        LogDisk log = world.relay().log();
        if (log.forced() < 2) {
            return;
        }
        long serial = chance.below(log.forced());
        EntryRecord record = log.record(serial);
        if (record.entry().kind() != EntryKind.EXCHANGE
                || !(Documents.delivery(world, serial) instanceof Parsed.Value<Delivery>(var it))) {
            return;
        }
        Delivery forged =
                switch (chance.below(3)) {
                    case 0 -> Lies.altered(it);
                    case 1 -> Lies.unsealed(it);
                    default -> record.entry().fault() == 0 ? it : Lies.reversed(it);
                };
        chain.submit(
                world.cast().key("intruder"),
                new Action.Bring(
                        Action.Notice.DELIVERY, Treaty.INBOX, Delivery.FORMAT.encode(forged)));
    }

    static Duration until() {
        return Duration.ofSeconds(70);
    }
}
