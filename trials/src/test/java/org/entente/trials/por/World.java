package org.entente.trials.por;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.Genesis;
import org.entente.chain.por.BlockJudge;
import org.entente.chain.por.Event;
import org.entente.chain.por.Habits;
import org.entente.chain.por.Message;
import org.entente.chain.por.Placed;
import org.entente.chain.por.StrongContracts;
import org.entente.chain.por.Template;
import org.entente.light.NodeKey;
import org.entente.light.fixture.Played;
import org.entente.light.por.HeaderJudge;
import org.entente.light.por.Member;
import org.entente.light.por.Rules;
import org.entente.light.por.Settings;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.Sorted;
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
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// One seed's nodes and what lies between them.
final class World {
    static final double HASH_RATE = 500_000;
    static final double STRONG = 1 << 20;
    private static final Instant BEGIN = Instant.parse("2026-11-22T06:00:00Z");
    private static final int CLIENT_COUNT = 2;
    private static final int ACCOUNT_COUNT = 24;

    /// Keys cost more than anything else here, and are the same in all worlds.
    private static final List<Signer> ACCOUNTS = accounts();

    private final Plan plan;
    private final Defects defects;
    private final Agenda agenda = new Agenda(BEGIN);
    private final Chance search;
    private final Mine mine = new Mine();
    private final Pond pond;
    private final List<Node> nodes = new ArrayList<>();
    private final Network network;
    private final Settings settings;
    private final Genesis genesis;
    private final Truth truth;
    private final Troubles troubles;
    private final Assembly assembly;
    private final Rogue rogue;

    World(Plan plan, Consumer<String> listener) {
        Chance chance = new Chance(plan.seed());
        this.plan = plan;
        this.defects = new Defects(plan.defect());
        this.search = chance.branch();
        this.pond = new Pond(agenda, chance.branch());
        this.network = new Network(agenda, chance.branch(), plan, this::hear);
        this.settings = settings(plan);
        this.genesis = genesis(settings);
        this.truth =
                new Truth(
                        this,
                        new Trace(agenda, listener),
                        new Model(settings.rules(), plan.membersMin()));
        this.troubles = new Troubles(this, chance.branch(), network);
        this.assembly =
                new Assembly(
                        this,
                        chance.branch(),
                        ACCOUNTS.subList(ACCOUNT_COUNT - CLIENT_COUNT, ACCOUNT_COUNT));
        this.rogue = new Rogue(this, chance.branch());
        for (int node = 0; node < plan.nodes(); node++) {
            nodes.add(
                    new Node(
                            this,
                            node,
                            ACCOUNTS.get(node),
                            Played.of("node " + node),
                            judge(),
                            habits(plan, node)));
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

    private static Settings settings(Plan plan) {
        List<Member> members = new ArrayList<>();
        for (int node = 0; node < plan.nodes(); node++) {
            members.add(
                    new Member(
                            ACCOUNTS.get(node).key(),
                            new Name("node-" + node),
                            Played.of("node " + node).key(),
                            "127.0.0.1",
                            8_000 + node,
                            0));
        }
        return new Settings(
                new Rules(0, members, plan.parameters()),
                Settings.History.ROUND,
                Settings.Slack.IS_REMOVED,
                plan.membersMin(),
                1 << 20,
                256,
                Duration.ofSeconds(5));
    }

    private static Genesis genesis(Settings settings) {
        TreeSet<VerifyingKey> creators = new TreeSet<>();
        settings.rules().members().forEach(each -> creators.add(each.account()));
        TreeSet<VerifyingKey> clients = new TreeSet<>();
        ACCOUNTS.subList(ACCOUNT_COUNT - CLIENT_COUNT, ACCOUNT_COUNT)
                .forEach(each -> clients.add(each.key()));
        return new Genesis(
                new ChainId("por:simulated"),
                new Name("por"),
                ACCOUNTS.get(ACCOUNT_COUNT - 1).key(),
                Sorted.copyOf(creators),
                Sorted.copyOf(clients),
                BEGIN,
                Settings.FORMAT.encode(settings));
    }

    private BlockJudge judge() {
        return new BlockJudge(
                settings, new HeaderJudge(genesis.chain(), Played.VERIFIER, mine), verifier());
    }

    private static Verifier verifier() {
        return Signing.PLAYED.verifier();
    }

    private static Habits habits(Plan plan, int node) {
        return new Habits(
                200,
                plan.patience(),
                Duration.ZERO,
                Duration.ofSeconds(2),
                plan.rest(),
                rate(plan, node),
                Duration.ofHours(2),
                Duration.ofSeconds(10));
    }

    private static double rate(Plan plan, int node) {
        double times = node == plan.strong() ? STRONG : node == plan.rogue() ? 8 : 1;
        return HASH_RATE * plan.mega() * times;
    }

    /// Block 0, as a node has it.
    Placed first(int node) {
        StrongContracts contracts = new StrongContracts(genesis.chain(), settings, Played.VERIFIER);
        return Placed.begun(genesis, settings, defects.governance(contracts, node));
    }

    Plan plan() {
        return plan;
    }

    Defects defects() {
        return defects;
    }

    Agenda agenda() {
        return agenda;
    }

    Instant begin() {
        return BEGIN;
    }

    Mine mine() {
        return mine;
    }

    Pond pond() {
        return pond;
    }

    List<Node> nodes() {
        return nodes;
    }

    Truth truth() {
        return truth;
    }

    Troubles troubles() {
        return troubles;
    }

    Assembly assembly() {
        return assembly;
    }

    Rogue rogue() {
        return rogue;
    }

    ChainId chain() {
        return genesis.chain();
    }

    Member member(int node) {
        return settings.rules().members().get(node);
    }

    int indexOf(VerifyingKey account) {
        for (int node = 0; node < nodes.size(); node++) {
            if (member(node).account().equals(account)) {
                return node;
            }
        }
        throw new IllegalStateException("nobody is " + account);
    }

    /// Who is connected under an address.
    Optional<Node> node(NodeKey address) {
        return nodes.stream().filter(each -> each.address.equals(address)).findFirst();
    }

    void send(Node from, Node to, Message message) {
        network.send(from.index, to.index, message);
    }

    private void hear(int from, int to, Message message) {
        NodeKey peer = nodes.get(from).address;
        switch (message) {
            case Message.Have(long height, var hash) ->
                    nodes.get(to).on(new Event.Had(peer, height, hash));
            case Message.Fetch(var hash) -> nodes.get(to).on(new Event.Fetched(peer, hash));
            case Message.Ask(long height) -> nodes.get(to).on(new Event.Asked(peer, height));
            case Message.Blocks(List<Bytes> blocks) ->
                    nodes.get(to).on(new Event.Sent(peer, blocks));
            case Message.Offer _, Message.Want _, Message.Give _, Message.Moment _ -> {
                // Transactions travel by the pond.
            }
            case Message.Trace _, Message.Headers _, Message.Seek _, Message.Part _ -> {
                // Everybody begins with all blocks.
            }
        }
    }

    /// Plans what a search finds, as long as it takes by chance.
    void search(Node node, Template template, Runnable found) {
        double hashes = Mine.hashes(template.target()) * search.exponential();
        double seconds = hashes / rate(plan, node.index);
        if (seconds < Duration.ofDays(1).toSeconds()) {
            agenda.plan(Duration.ofNanos((long) (seconds * 1e9)), found);
        }
    }
}
