package org.entente.launcher.app.demo;

import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.app.LocalDesign;
import org.entente.chain.app.LocalNetwork;
import org.entente.chain.app.NodePorts;
import org.entente.chain.inbox.Inbox;
import org.entente.client.Failure;
import org.entente.client.Unusable;
import org.entente.client.cli.command.World;
import org.entente.launcher.app.solo.AccountKey;
import org.entente.protocol.ChainId;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.StartRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Makes the alliance from nothing, as three administrators would: by the public commands.
public final class Founding {
    private static final String PRIVATE = "account.p12";

    private final Ground ground;
    private final Terminal terminal;
    private final World world;
    private final Processes processes;

    public Founding(Ground ground, Terminal terminal, World world, Processes processes) {
        this.ground = ground;
        this.terminal = terminal;
        this.world = world;
        this.processes = processes;
    }

    public void found() throws Failure, IOException, InterruptedException {
        configure();
        initialise();
        List<String> first = new ArrayList<>(List.of("relay"));
        for (Market market : Market.values()) {
            first.addAll(ground.nodes(market));
        }
        processes.start(first);
        join();
        processes.start(ground.members().stream().map(Party::word).toList());
        requesters();
        String alliance = sign();
        for (Market market : Market.values()) {
            inbox(market, alliance);
        }
        batches(alliance);
        ground.founded(alliance);
    }

    /// Who asks gets fresh certificates, which hold for a day.
    void certify() throws Failure, IOException {
        batches(ground.alliance());
    }

    private void configure() throws Failure, IOException {
        Settings settings = new Settings(ground);
        write("relay.conf", settings.relay());
        List<VerifyingKey> accounts = new ArrayList<>();
        for (Party party : ground.members()) {
            terminal.run(
                    "org",
                    "init",
                    party.organisation(),
                    "--directory",
                    home(party).toString(),
                    "--title",
                    party.title());
            accounts.add(AccountKey.make(home(party).resolve(PRIVATE), world).key());
        }
        for (Market market : Market.values()) {
            if (ground.isShared(market)) {
                share(market, accounts);
            } else {
                Signer owner = AccountKey.make(ownerKey(ground, market), world);
                write(market.word() + ".conf", settings.chain(market, owner.key(), accounts));
            }
        }
        write("trade.json", settings.contract());
        for (Market market : Market.values()) {
            write(market.flow() + ".json", settings.nodeContract(market));
        }
    }

    /// Four members' nodes, which have the owner's key beside them.
    private void share(Market market, List<VerifyingKey> accounts) throws Unusable, IOException {
        Path directory = ground.path(market.word());
        ChainId chain = ground.chain(market);
        List<NodePorts> ports = ground.shared(market);
        LocalDesign<?> design =
                switch (ground.making(market)) {
                    case SOLO -> throw new IllegalArgumentException(chain + " has one node");
                    case POR ->
                            org.entente.chain.por.app.Design.quick(
                                    chain, ports.size(), accounts, ports);
                    case INDUSTRIAL ->
                            org.entente.chain.industrial.app.Design.of(chain, accounts, ports);
                };
        try (LocalNetwork<?> network = LocalNetwork.founded(directory, design)) {
            network.begin();
        } catch (StartRefused | KeyFileUnusable e) {
            throw new Unusable(String.valueOf(e.getMessage()), "Name a folder that is empty.");
        }
    }

    static Path ownerKey(Ground ground, Market market) {
        return ground.isShared(market)
                ? ground.path(market.word()).resolve("owner.p12")
                : ground.path(market.word() + "-owner.p12");
    }

    /// Each makes its own files, so they go side by side.
    private void initialise() throws IOException, InterruptedException {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("relay", "--init", "--config", "relay.conf"));
        for (Market market : Market.values()) {
            if (!ground.isShared(market)) {
                lines.add(List.of("chain", "solo", "--init", "--config", market.word() + ".conf"));
            }
        }
        processes.sideBySide(lines);
    }

    private void join() throws Failure, IOException, InterruptedException {
        List<List<String>> lines = new ArrayList<>();
        for (Party party : ground.members()) {
            lines.add(List.of("relay", "invite", party.organisation(), "--config", "relay.conf"));
        }
        Iterator<String> invitations = processes.sideBySide(lines).iterator();
        List<List<String>> agents = new ArrayList<>();
        for (Party party : ground.members()) {
            terminal.run(
                    "org",
                    "join",
                    "--org",
                    home(party).toString(),
                    "--relay",
                    ground.relay().toString(),
                    "--relay-certificate",
                    ground.path("relay").resolve("relay.pem").toString(),
                    "--invitation",
                    invitations.next().strip());
            agents.add(List.of("agent", "--init", "--config", party.word() + ".conf"));
        }
        List<Settings.Seen> chains = new ArrayList<>();
        for (Market market : Market.values()) {
            chains.add(new Settings.Seen(market, genesis(market)));
        }
        for (Party party : ground.members()) {
            write(party.word() + ".conf", new Settings(ground).agent(party, chains));
        }
        for (Market market : Market.values()) {
            terminal.run(
                    "chain",
                    "add",
                    ground.chain(market).toString(),
                    "--org",
                    home(market.owner()).toString(),
                    "--title",
                    market.title(),
                    "--kind",
                    ground.chain(market).namespace(),
                    "--genesis",
                    genesis(market),
                    "--inbox",
                    ground.inbox(market) + ":" + Inbox.CODE);
        }
        processes.sideBySide(agents);
    }

    private String genesis(Market market) throws Failure {
        return terminal.run("solo", "status", "--node", ground.node(market).toString())
                .path("genesis")
                .asString();
    }

    /// Who asks: the trader of alpha, the clerk of beta.
    private void requesters() throws Failure {
        Enrolment enrolment = new Enrolment(ground, terminal);
        for (Market market : Market.values()) {
            enrolment.enrol(
                    market.owner(),
                    market.requester() + "-1",
                    List.of("--roles", market.requester()),
                    requester(ground, market),
                    List.of(
                            "--relay",
                            ground.relay().toString(),
                            "--relay-certificate",
                            ground.path("relay").resolve("relay.pem").toString(),
                            "--chains",
                            ground.chain(market).toString()));
        }
    }

    static Path requester(Ground ground, Market market) {
        return ground.path(market.requester());
    }

    private String sign() throws Failure {
        String proposal =
                terminal.run(
                                "alliance",
                                "draft",
                                ground.path("trade.json").toString(),
                                ground.path(Market.ORDERS.flow() + ".json").toString(),
                                ground.path(Market.CUSTOMS.flow() + ".json").toString(),
                                "--org",
                                home(Party.ALPHA).toString())
                        .path("proposal")
                        .asString();
        for (Party party : ground.members()) {
            terminal.run("alliance", "sign", proposal, "--org", home(party).toString());
        }
        return terminal.run("alliance", "list", "--org", home(Party.ALPHA).toString())
                .path("alliances")
                .path(0)
                .path("alliance")
                .asString();
    }

    private void inbox(Market market, String alliance) throws Failure {
        terminal.run(
                "solo",
                "found",
                alliance,
                "--inbox",
                ground.inbox(market),
                "--key",
                ownerKey(ground, market).toString(),
                "--node",
                ground.node(market).toString(),
                "--org",
                home(market.owner()).toString());
    }

    private void batches(String alliance) throws Failure {
        for (Market market : Market.values()) {
            terminal.run(
                    "cert",
                    "batch",
                    "--identity",
                    requester(ground, market).toString(),
                    "--agent",
                    ground.agent(market.owner()).toString(),
                    "--alliance",
                    alliance,
                    "--contract",
                    "trade",
                    "--flows",
                    market.flow(),
                    "--count",
                    "4");
        }
    }

    private Path home(Party party) {
        return ground.path(party.word());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(ground.path(name), text);
    }
}
