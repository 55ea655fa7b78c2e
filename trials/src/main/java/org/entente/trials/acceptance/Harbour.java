package org.entente.trials.acceptance;

import org.entente.chain.Action;
import org.entente.chain.inbox.Inbox;
import org.entente.client.Failure;
import org.entente.launcher.app.demo.Market;
import org.entente.launcher.app.demo.Party;
import org.entente.launcher.app.solo.AccountKey;
import org.entente.launcher.app.solo.SoloChain;
import org.entente.protocol.Bytes;
import org.entente.protocol.Name;
import org.entente.registry.contract.FlowName;
import org.entente.runtime.FreePorts;
import org.entente.runtime.json.Json;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A third chain, gamma's, that joins the alliance by an amendment of its contract, so that what
/// leaves the first chain has two ways to go and one of them can be cut.
public final class Harbour implements AutoCloseable {
    static final String PROCESS = "harbour";
    static final String CHAIN = "solo:harbour";
    private static final String INBOX = "inbox-harbour";
    private static final String FLOW = "orders-to-harbour";
    private static final String RECEIVED = "berths/";
    private static final String OWNER = "harbour-owner.p12";
    private static final int FILE_SIZE_BYTES_MAX = 256 * 1024;

    private final Alliance alliance;
    private final URI node;
    private final SoloChain chain;

    private Harbour(Alliance alliance, URI node) {
        this.alliance = alliance;
        this.node = node;
        this.chain = new SoloChain(List.of(node), Optional.empty());
    }

    /// From the chain's first block to its inbox contract.
    public static Harbour join(Alliance alliance)
            throws Failure, IOException, InterruptedException {
        URI node = URI.create("http://127.0.0.1:" + FreePorts.one());
        begin(alliance, node);
        List<String> agents = new ArrayList<>();
        for (Party party : alliance.ground().members()) {
            agents.add(party.word());
        }
        follow(alliance, node);
        alliance.restart(agents);
        Harbour harbour = new Harbour(alliance, node);
        harbour.amend();
        harbour.found();
        for (Party party : alliance.ground().members()) {
            alliance.awaitLink(party);
        }
        return harbour;
    }

    private static void begin(Alliance alliance, URI node)
            throws Failure, IOException, InterruptedException {
        List<String> accounts = new ArrayList<>();
        for (Party party : alliance.ground().members()) {
            accounts.add(
                    AccountKey.read(alliance.home(party).resolve("account.p12"), alliance.world())
                            .key()
                            .toString());
        }
        var owner = AccountKey.make(alliance.ground().path(OWNER), alliance.world());
        Files.write(
                alliance.ground().path(PROCESS + ".conf"),
                List.of(
                        "process = solo",
                        "listen = " + node.getAuthority(),
                        "tls = off",
                        "directory = " + alliance.ground().path(PROCESS),
                        "chain = " + CHAIN,
                        "owner = " + owner.key(),
                        "accounts = " + String.join(", ", accounts)));
        alliance.processes()
                .sideBySide(
                        List.of(List.of("chain", "solo", "--init", "--config", PROCESS + ".conf")));
        alliance.processes().start(List.of(PROCESS));
        alliance.terminal()
                .run(
                        "chain",
                        "add",
                        CHAIN,
                        "--org",
                        alliance.home(Party.GAMMA).toString(),
                        "--title",
                        "Harbour",
                        "--kind",
                        "solo",
                        "--genesis",
                        genesis(alliance, node),
                        "--inbox",
                        INBOX + ":" + Inbox.CODE);
    }

    private static String genesis(Alliance alliance, URI node) throws Failure {
        return alliance.terminal()
                .run("solo", "status", "--node", node.toString())
                .path("genesis")
                .asString();
    }

    /// Every agent looks at the chain too.
    private static void follow(Alliance alliance, URI node) throws Failure, IOException {
        String chains =
                "chains = "
                        + alliance.ground().chain(Market.ORDERS)
                        + ", "
                        + alliance.ground().chain(Market.CUSTOMS);
        for (Party party : alliance.ground().members()) {
            Path file = alliance.ground().path(party.word() + ".conf");
            Path account = alliance.home(party).resolve("account.p12");
            Files.writeString(
                    file,
                    Files.readString(file).replace(chains, chains + ", " + CHAIN)
                            + String.join(
                                    "\n",
                                    "chain.3 = " + CHAIN,
                                    "chain.3.genesis = " + genesis(alliance, node),
                                    "chain.3.nodes = " + node,
                                    "chain.3.account = " + account,
                                    "chain.3.accountPassword = " + account + ".password",
                                    ""));
        }
    }

    /// The contract's next version has a flow to this chain.
    private void amend() throws Failure, IOException {
        ObjectNode contract = read("trade.json");
        contract.put("version", 2);
        ObjectNode flow = (ObjectNode) contract.path("flows").get(0).deepCopy();
        flow.put("name", FLOW);
        ObjectNode destination = (ObjectNode) flow.path("destination");
        destination.put("chain", CHAIN);
        destination.put("inbox", INBOX);
        destination.putArray("resources").add(RECEIVED + "*");
        ObjectNode finality = flow.putObject("finality");
        finality.put(alliance.ground().chain(Market.ORDERS).toString(), 0);
        finality.put(CHAIN, 0);
        ((ArrayNode) contract.path("flows")).add(flow);
        Files.writeString(alliance.ground().path("trade.json"), contract.toPrettyString());

        ObjectNode policy = read(Market.ORDERS.flow() + ".json");
        policy.put("flow", FLOW);
        Files.writeString(alliance.ground().path(FLOW + ".json"), policy.toPrettyString());
        new Amendment(alliance).pass("trade.json", FLOW + ".json");
    }

    private ObjectNode read(String name) throws IOException {
        return (ObjectNode)
                Json.read(
                                Bytes.copyOf(Files.readAllBytes(alliance.ground().path(name))),
                                FILE_SIZE_BYTES_MAX)
                        .orThrow();
    }

    /// Its owner begins the inbox contract; who asks may ask for this flow, too.
    private void found() throws Failure {
        alliance.terminal()
                .run(
                        "solo",
                        "found",
                        alliance.id(),
                        "--inbox",
                        INBOX,
                        "--key",
                        alliance.ground().path(OWNER).toString(),
                        "--node",
                        node.toString(),
                        "--org",
                        alliance.home(Party.GAMMA).toString());
        alliance.terminal()
                .run(
                        "cert",
                        "batch",
                        "--identity",
                        alliance.ground().path(Market.ORDERS.requester()).toString(),
                        "--agent",
                        alliance.ground().agent(Party.ALPHA).toString(),
                        "--alliance",
                        alliance.id(),
                        "--contract",
                        Way.CONTRACT.text(),
                        "--flows",
                        FLOW,
                        "--count",
                        "4");
    }

    /// Its owner writes a value of the chain's own, which makes a block.
    void put(String key, String value) throws Failure {
        chain.send(
                AccountKey.read(alliance.ground().path(OWNER), alliance.world()),
                new Action.Put(Bytes.utf8(key), Optional.empty(), Bytes.utf8(value)));
    }

    public Way way() {
        return new Way(
                alliance.town(),
                Market.ORDERS,
                new FlowName(Way.CONTRACT, new Name(FLOW)),
                Market.ORDERS.offered(),
                RECEIVED,
                chain,
                node,
                INBOX);
    }

    @Override
    public void close() {
        chain.close();
    }
}
