package org.entente.trials.adapter;

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
import org.entente.chain.app.LocalDesign;
import org.entente.chain.app.LocalNetwork;
import org.entente.chain.app.LocalNode;
import org.entente.endorsement.fixture.Story;
import org.entente.launcher.app.solo.SoloChain;
import org.entente.protocol.Bytes;
import org.entente.protocol.Name;
import org.entente.protocol.VerifyingKey;

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

/// Four nodes of a chain, each a process of its own, with the story's inbox.
final class NetworkWorld implements ChainWorld {
    static final int COUNT = 4;
    private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(15);
    private static final Duration TIME_MAX = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Set<String> KEPT = Set.of("password", "member");
    private static final Bytes NOTHING = Bytes.utf8("nothing");
    private static final Cryptography CRYPTOGRAPHY = Cryptography.fastest();
    private static final Signer WRITER = signer();
    private static final Signer ACCOUNT = signer();
    private static final Signer OTHER_ACCOUNT = signer();

    private final Story story;
    private final LocalNetwork<?> network;
    private final List<SoloChain> nodes;
    private final List<Chain> chains = new ArrayList<>();
    private final Chain chain;
    private final Chain other;

    NetworkWorld(Path home, Story story, LocalDesign<?> design) throws Exception {
        this.story = story;
        network = LocalNetwork.founded(home, design);
        network.start();
        nodes =
                network.nodes().stream()
                        .map(node ->
                                new SoloChain(List.of(URI.create(node.api())), Optional.empty()))
                        .toList();
        settle(network.owner(), new Action.Found(Story.INBOX, story.log().getFirst().content()));
        chain = following(ACCOUNT, List.of(), Trail.NONE);
        other = following(OTHER_ACCOUNT, List.of(), Trail.NONE);
    }

    /// Whom the genesis has to admit.
    static List<VerifyingKey> accounts() {
        return List.of(WRITER.key(), ACCOUNT.key(), OTHER_ACCOUNT.key());
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
        Chain made =
                new OwnChain(
                        new OwnChainConfiguration(
                                network.chain(),
                                network.genesis().digest(),
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

    Path directory(int node) {
        return network.nodes().get(node).directory();
    }

    /// All members begin their chain again, as if there had been none.
    void replace() throws Exception {
        kill();
        for (LocalNode<?> node : network.nodes()) {
            // What is in a folder before the folder.
            try (Stream<Path> files = Files.walk(node.directory())) {
                for (Path file :
                        files.skip(1)
                                .filter(NetworkWorld::isOfChain)
                                .sorted(Comparator.reverseOrder())
                                .toList()) {
                    Files.delete(file);
                }
            }
        }
        restart();
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
