package org.entente.trials.industrial;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.Block;
import org.entente.chain.Genesis;
import org.entente.chain.SignedTransaction;
import org.entente.chain.industrial.Body;
import org.entente.chain.industrial.Event;
import org.entente.chain.industrial.Habits;
import org.entente.chain.industrial.Self;
import org.entente.light.industrial.Rates;
import org.entente.light.industrial.Settings;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.VerifyingKey;
import org.entente.trials.simulation.Agenda;
import org.entente.trials.simulation.Chance;
import org.entente.trials.simulation.SeededRandom;
import org.entente.trials.simulation.Signing;
import org.entente.trials.simulation.Trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// One seed's nodes and what lies between them.
final class World {
    private static final Instant BEGIN = Instant.parse("2026-11-22T06:00:00Z");
    private static final int CLIENT_COUNT = 2;
    private static final int ACCOUNT_COUNT = 19;

    /// Keys cost more than anything else here, and are the same in all worlds.
    private static final List<Signer> ACCOUNTS = accounts();

    private final Plan plan;
    private final Agenda agenda = new Agenda(BEGIN);
    private final Chance chance;
    private final Network network;
    private final Genesis genesis;
    private final Works works;
    private final Truth truth;
    private final List<Node> nodes = new ArrayList<>();
    private final TreeMap<VerifyingKey, Node> byKey = new TreeMap<>();
    private boolean over;

    World(Plan plan, Consumer<String> listener) {
        this.plan = plan;
        Chance all = new Chance(plan.seed());
        this.chance = all.branch();
        this.network =
                new Network(
                        agenda,
                        all.branch(),
                        plan,
                        (from, to, message) ->
                                nodes.get(to).on(new Event.Heard(nodes.get(from).key(), message)));
        Settings settings = settings(rates(plan.defect()));
        this.genesis = genesis(settings);
        Verifier verifier =
                plan.defect() == Defect.ANYTHING_IS_SIGNED
                        ? (_, _, _) -> true
                        : Signing.PLAYED.verifier();
        this.works = new Works(genesis, verifier, clients(), plan.defect());
        this.truth =
                new Truth(
                        this,
                        new Trace(agenda, listener),
                        new Reader(genesis, verifier, plan.defect()));
        truth.begun(works.first());
        TreeMap<Digest, Body> lies = new TreeMap<>();
        for (int node = 0; node < plan.nodes(); node++) {
            Signer signer = ACCOUNTS.get(node);
            Self self = new Self(genesis, settings, habits(plan.defect()), signer, verifier);
            Node one = new Node(this, node, self, new Liar(this, signer, lies));
            nodes.add(one);
            byKey.put(signer.key(), one);
        }
    }

    private static List<Signer> accounts() {
        SeededRandom random = new SeededRandom(1);
        List<Signer> accounts = new ArrayList<>();
        for (int count = 0; count < ACCOUNT_COUNT; count++) {
            accounts.add(Signing.PLAYED.fresh(random));
        }
        return accounts;
    }

    private static List<Signer> clients() {
        return ACCOUNTS.subList(ACCOUNT_COUNT - CLIENT_COUNT, ACCOUNT_COUNT);
    }

    private static Rates rates(Defect defect) {
        return defect == Defect.NO_LIMIT
                ? new Rates(990, 2_000, 300, 2, 6, 8, 3, 60, 5, 50, 20, 60, 16)
                : Rates.USUAL;
    }

    private static Habits habits(Defect defect) {
        Duration timeout =
                defect == Defect.NOBODY_GIVES_UP ? Duration.ofDays(1) : Duration.ofMillis(700);
        return new Habits(
                timeout,
                defect == Defect.NOBODY_GIVES_UP ? timeout : Duration.ofSeconds(8),
                Duration.ofSeconds(1),
                Duration.ofMillis(300));
    }

    private Genesis genesis(Settings settings) {
        TreeSet<VerifyingKey> members = new TreeSet<>();
        ACCOUNTS.subList(0, plan.nodes()).forEach(each -> members.add(each.key()));
        TreeSet<VerifyingKey> clients = new TreeSet<>();
        clients().forEach(each -> clients.add(each.key()));
        return new Genesis(
                new ChainId("icb:simulated"),
                new Name("industrial"),
                ACCOUNTS.getLast().key(),
                members,
                clients,
                BEGIN,
                Settings.FORMAT.encode(settings));
    }

    private Settings settings(Rates rates) {
        boolean fewer = plan.defect() == Defect.SEATS_STAY_EMPTY && plan.seats() > 4;
        return new Settings(
                fewer ? plan.seats() - 3 : plan.seats(), 12, 5, Duration.ofSeconds(2), rates);
    }

    /// What executes blocks for whoever has nothing but them.
    Works replaying() {
        Rates rates =
                plan.defect() == Defect.OTHER_RATES
                        ? new Rates(500, 1_000, 300, 3, 6, 8, 3, 60, 5, 50, 20, 60, 16)
                        : rates(plan.defect());
        return new Works(
                genesis(settings(rates)), Signing.PLAYED.verifier(), clients(), plan.defect());
    }

    Plan plan() {
        return plan;
    }

    Agenda agenda() {
        return agenda;
    }

    Chance chance() {
        return chance;
    }

    Network network() {
        return network;
    }

    Works works() {
        return works;
    }

    Truth truth() {
        return truth;
    }

    ChainId chain() {
        return genesis.chain();
    }

    List<Node> nodes() {
        return nodes;
    }

    Node node(VerifyingKey key) {
        Node found = byKey.get(key);
        if (found == null) {
            throw new IllegalStateException("nobody is " + key);
        }
        return found;
    }

    boolean isLiar(VerifyingKey key) {
        return !node(key).isHonest();
    }

    /// In whose name is lied.
    Node victim() {
        return nodes.getLast();
    }

    /// A block's transactions as they are looked at.
    List<SignedTransaction> seen(Block block) {
        List<SignedTransaction> seen = new ArrayList<>(block.transactions());
        if (plan.defect() == Defect.ONE_COMES_TWICE && block.header().height() == 5) {
            seen.add(seen.getLast());
        }
        return seen;
    }

    /// Whether a node ends between two of its steps.
    boolean isCrashedBetween(Node node) {
        boolean often =
                plan.defect() == Defect.DISK_FORGETS
                        || plan.defect() == Defect.PREPARED_IS_FORGOTTEN;
        if (over || !(plan.crashes() || often) || !chance.in(often ? 0.02 : 0.0015)) {
            return false;
        }
        truth.line(node, "ends between two steps");
        node.crash();
        agenda.plan(chance.millis(0, 2_500), () -> start(node));
        return true;
    }

    private static void start(Node node) {
        if (!node.isUp()) {
            node.start();
        }
    }

    /// From now on nothing goes wrong but what liars say.
    void calm() {
        over = true;
        network.calm();
        nodes.forEach(World::start);
    }

    boolean isOver() {
        return over;
    }
}
