package org.entente.trials.industrial;

import org.awaitility.Awaitility;
import org.entente.adapter.Call;
import org.entente.adapter.Chain;
import org.entente.adapter.Point;
import org.entente.adapter.Trail;
import org.entente.adapter.fixture.ChainWorld;
import org.entente.adapter.own.Verifiers;
import org.entente.adapter.own.http.Node;
import org.entente.adapter.own.http.OwnChain;
import org.entente.adapter.own.http.OwnChainConfiguration;
import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.app.LocalNetwork;
import org.entente.chain.app.LocalNode;
import org.entente.chain.industrial.app.Design;
import org.entente.chain.industrial.app.Main;
import org.entente.chain.industrial.app.Neighbours;
import org.entente.chain.industrial.app.Sealing;
import org.entente.endorsement.fixture.Story;
import org.entente.launcher.app.solo.SoloChain;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Four sealers of an industrial chain, each a process of its own, with the story's inbox.
final class IndustrialWorld implements ChainWorld {
    /// So few that a test sees several of them.
    static final int EPOCH_BLOCKS = 12;

    private static final int COUNT = 4;
    private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(15);
    private static final Duration TIME_MAX = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Set<String> KEPT = Set.of("password");
    private static final Bytes NOTHING = Bytes.utf8("nothing");
    private static final Cryptography CRYPTOGRAPHY = Cryptography.fastest();
    private static final Signer WRITER = signer();
    private static final Signer ACCOUNT = signer();
    private static final Signer OTHER_ACCOUNT = signer();

    private final Story story = Story.on("icb");
    private final Path home;
    private final LocalNetwork<Neighbours.Neighbour> network;
    private final List<SoloChain> nodes;
    private final List<Chain> chains = new ArrayList<>();
    private final Chain chain;
    private final Chain other;

    IndustrialWorld(Path home) throws Exception {
        this.home = home;
        network = LocalNetwork.founded(home, design(story.destination()));
        network.start();
        nodes =
                network.nodes().stream()
                        .map(node ->
                                new SoloChain(List.of(URI.create(node.api())), Optional.empty()))
                        .toList();
        admit();
        settle(network.owner(), new Action.Found(Story.INBOX, story.log().getFirst().content()));
        chain = following(ACCOUNT, List.of(), Trail.NONE);
        other = following(OTHER_ACCOUNT, List.of(), Trail.NONE);
    }

    private static Design design(ChainId chain) {
        return new Design(
                chain,
                COUNT,
                Sealing.FULL,
                EPOCH_BLOCKS,
                _ -> "127.0.0.1",
                List.of("view.timeout = 2s", "block.idle = 10s", "resend = 300ms"),
                Main.class.getName(),
                _ -> List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    }

    private void admit() throws Exception {
        for (Signer each : List.of(WRITER, ACCOUNT, OTHER_ACCOUNT)) {
            settle(network.owner(), new Action.Admit(each.key()));
        }
    }

    private static Signer signer() {
        return CRYPTOGRAPHY.signer(CRYPTOGRAPHY.freshKey(new SecureRandom()));
    }

    Chain following(List<Point> followed, Trail trail) throws Exception {
        return following(ACCOUNT, followed, trail);
    }

    /// An adapter of all nodes that followed these points before.
    private Chain following(Signer by, List<Point> followed, Trail trail) throws Exception {
        List<Node> nodes =
                network.nodes().stream()
                        .map(node -> new Node(URI.create(node.api()), Optional.empty()))
                        .toList();
        Bytes genesis = Bytes.copyOf(Files.readAllBytes(home.resolve("genesis")));
        Chain made =
                new OwnChain(
                        new OwnChainConfiguration(
                                story.destination(),
                                Digest.of(genesis),
                                nodes,
                                COUNT / 2 + 1,
                                followed,
                                CONNECT_TIME_MAX,
                                ANSWER_TIME_MAX,
                                TIME_MAX),
                        by,
                        Verifiers.of(CRYPTOGRAPHY, CRYPTOGRAPHY.verifier()),
                        trail);
        chains.add(made);
        return made;
    }

    /// A node's disk has the ends of epochs no longer.
    void loseTrail(int node) throws Exception {
        Files.delete(network.nodes().get(node).directory().resolve("trail.log"));
    }

    /// All members begin their chain again, as if there had been none.
    void replace() throws Exception {
        kill();
        for (LocalNode<Neighbours.Neighbour> node : network.nodes()) {
            // What is in a folder before the folder.
            try (Stream<Path> files = Files.walk(node.directory())) {
                for (Path file :
                        files.skip(1)
                                .filter(IndustrialWorld::isOfChain)
                                .sorted(Comparator.reverseOrder())
                                .toList()) {
                    Files.delete(file);
                }
            }
        }
        restart();
        admit();
    }

    private static boolean isOfChain(Path file) {
        String name = file.getFileName().toString();
        return !name.endsWith(".p12") && !name.endsWith(".pem") && !KEPT.contains(name);
    }

    /// Writes until so high a block is final everywhere.
    void awaitHeight(long height) throws Exception {
        while (nodes.getFirst().value(NOTHING, Optional.empty()).height() < height) {
            put(NOTHING, Bytes.utf8("more"));
        }
    }

    @Override
    public Story story() {
        return story;
    }

    @Override
    public Chain chain() {
        return chain;
    }

    @Override
    public Chain other() {
        return other;
    }

    @Override
    public void put(Bytes key, Bytes value) throws Exception {
        settle(WRITER, new Action.Put(key, Optional.empty(), value));
    }

    @Override
    public void delete(Bytes key) throws Exception {
        settle(WRITER, new Action.Delete(key, Optional.empty()));
    }

    /// Final at all nodes, so that every majority of them shows it.
    private void settle(Signer by, Action action) throws Exception {
        long height = nodes.getFirst().send(by, action).height();
        for (SoloChain node : nodes) {
            Awaitility.await()
                    .atMost(TIME_MAX)
                    .pollInterval(LOOK_EVERY)
                    .until(() -> node.value(NOTHING, Optional.empty()).height() >= height);
        }
    }

    @Override
    public Call sum(Bytes prefix) {
        return new Call(new Name("sum"), prefix);
    }

    @Override
    public void kill() throws Exception {
        for (int index = 0; index < COUNT; index++) {
            network.processes().kill(index);
        }
    }

    @Override
    public void restart() throws Exception {
        network.start();
    }

    @Override
    public Duration timeMax() {
        return TIME_MAX;
    }

    @Override
    public void close() {
        chains.forEach(Chain::close);
        nodes.forEach(SoloChain::close);
        network.close();
    }
}
