package org.entente.trials.por;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Cryptography;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.Password;
import org.entente.chain.Genesis;
import org.entente.chain.app.LocalNetwork;
import org.entente.chain.app.LocalNode;
import org.entente.chain.por.Placed;
import org.entente.chain.por.StrongContracts;
import org.entente.chain.por.app.Design;
import org.entente.chain.por.app.Governing;
import org.entente.chain.por.app.Measured;
import org.entente.chain.store.ChainStore;
import org.entente.light.NodeKey;
import org.entente.light.Rsa;
import org.entente.light.por.Certificate;
import org.entente.light.por.Following;
import org.entente.light.por.HeaderJudge;
import org.entente.light.por.Member;
import org.entente.light.por.Settings;
import org.entente.light.por.Trail;
import org.entente.light.por.Work;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// A member of four replaces its node's key while the chain runs under load, each node a process of
/// its own. One life of one network, scene by scene.
@Tag("processes")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyRotationTest {
    private static final int COUNT = 4;

    /// Whose key is replaced.
    private static final int NODE = 1;

    private static final Duration TIME_MAX = Duration.ofMinutes(2);
    private static final Rsa RSA = Rsa.of(Cryptography.fastest());

    @TempDir private static Path folder;
    private static LocalNetwork<Member> network;
    private static Measured loading;
    private static Measured asking;
    private static KeyFile before;

    /// The height of the block that has the last vote.
    private static long agreed;

    @BeforeAll
    static void begun() throws Exception {
        network =
                LocalNetwork.founded(
                        folder.resolve("network"),
                        Design.quick(new ChainId("por:rotated"), COUNT, List.of(), List.of()));
        network.start();
        loading = new Measured(network);
        loading.load(Duration.ofMillis(150));
        asking = new Measured(network);
        before = onDisk();
    }

    @AfterAll
    static void ended() {
        loading.close();
        asking.close();
        network.close();
    }

    @Test
    @Order(1)
    void a_rotation_that_a_member_refuses_leaves_the_key_and_is_proposed_again_with_the_same_next()
            throws Exception {
        JsonNode first = rotate();
        assertThat(first.path("stage").asString()).isEqualTo("OPEN");
        Governing.by(network.nodes().get(0), "vote", "no");
        assertThat(get(0, "/v1/por/proposal").path("stage").asString()).isEqualTo("REJECTED");
        assertThat(key(onDisk())).isEqualTo(key(before));
        JsonNode second = rotate();
        assertThat(second.path("stage").asString()).isEqualTo("OPEN");
        assertThat(second.path("proposal").path("key"))
                .isEqualTo(first.path("proposal").path("key"));
        // Killed while members vote: the same command says how far it is.
        network.processes().kill(NODE);
        network.processes().restart(NODE);
        assertThat(rotate().path("proposal").path("id"))
                .isEqualTo(second.path("proposal").path("id"));
        awaitBlockAbove(head());
    }

    @Test
    @Order(2)
    void when_all_agree_the_node_goes_on_with_the_new_key_and_has_the_old_one_no_longer()
            throws Exception {
        for (int voter : new int[] {0, 2, 3}) {
            Governing.by(network.nodes().get(voter), "vote", "yes");
        }
        JsonNode proposal = get(0, "/v1/por/proposal");
        assertThat(proposal.path("stage").asString()).isEqualTo("EXECUTED");
        agreed = proposal.path("ended").asLong();
        awaitBlockAbove(agreed);
        await(
                "the old key is gone",
                () ->
                        !Files.exists(directory().resolve("node-next.p12"))
                                && key(onDisk())
                                        .toString()
                                        .equals(proposal.path("key").asString()));
        for (int node = 0; node < COUNT; node++) {
            int each = node;
            await(
                    "all are connected",
                    () -> get(each, "/v1/por/network").path("peers").asInt() == COUNT - 1);
        }
        network.processes().kill(NODE);
        network.processes().restart(NODE);
        awaitBlockAbove(head());
    }

    @Test
    @Order(3)
    void blocks_hold_by_the_key_of_their_height_and_a_light_client_follows_across_the_change()
            throws Exception {
        List<Certificate> all = new ArrayList<>();
        Following client = new Following(judge(), first().link());
        for (int count = 0; client.last().height() <= agreed; count++) {
            assertThat(count).isLessThan(10);
            Trail trail = trail(client.next());
            all.addAll(trail.certificates());
            client = client.advance(trail).orThrow().after();
        }
        assertThat(client.last().rules().member(account()).orElseThrow().key())
                .isEqualTo(key(onDisk()));
        List<Certificate> own =
                all.stream().filter(each -> each.creation().creator().equals(account())).toList();
        assertThat(own).anyMatch(each -> each.creation().height() <= agreed);
        assertThat(own).anyMatch(each -> each.creation().height() > agreed);
        for (Certificate each : own) {
            boolean isNew = each.creation().height() > agreed;
            assertThat(isSignedBy(key(onDisk()), each)).isEqualTo(isNew);
            assertThat(isSignedBy(key(before), each)).isEqualTo(!isNew);
        }
    }

    /// In the node's place this listens at the new address; then the node itself does.
    @Test
    @Order(4)
    void who_moves_is_dialled_at_its_new_address() throws Exception {
        int moving = COUNT - 1;
        LocalNode<Member> node = network.nodes().get(moving);
        try (ServerSocket there = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + there.getLocalPort();
            Governing.by(network.nodes().get(moving), "propose", "move", address);
            for (int voter = 0; voter < moving; voter++) {
                Governing.by(network.nodes().get(voter), "vote", "yes");
            }
            network.processes().kill(moving);
            there.setSoTimeout((int) TIME_MAX.toMillis());
            there.accept().close();
            String configuration = Files.readString(node.configuration());
            Files.writeString(
                    node.configuration(),
                    configuration.replace(
                            "peers.listen = 127.0.0.1:" + node.member().port(),
                            "peers.listen = " + address));
        }
        network.processes().restart(moving);
        await(
                "all are connected",
                () -> get(moving, "/v1/por/network").path("peers").asInt() == COUNT - 1);
    }

    /// The same block once with the signature of a copy of the old key, once with that of the new.
    @Test
    @Order(5)
    void a_block_that_the_old_key_signs_afterwards_nobody_takes() throws Exception {
        loading.close();
        await("nothing is left to do", KeyRotationTest::isQuiet);
        network.processes().kill(NODE);
        LocalNode<Member> asked = network.nodes().getFirst();
        Forger forger = Forger.of(directory(), folder.resolve("copy"), genesis(), account());
        long head = head();
        assertThat(forger.height()).isEqualTo(head + 1);
        try (Forger.Sent sent = forger.send(forger.block(before), before, asked)) {
            assertThat(sent.ended()).contains("BAD_SIGNATURE");
        }
        assertThat(head()).isEqualTo(head);
        try (Forger.Sent _ = forger.send(forger.block(onDisk()), onDisk(), asked)) {
            await("with the new one it is taken", () -> head() == head + 1);
        }
    }

    /// No node makes a block any longer: the next one comes in a minute.
    private static boolean isQuiet() throws Exception {
        long head = head();
        for (int count = 0; count < 8; count++) {
            for (int node = 0; node < COUNT; node++) {
                if (get(node, "/v1/por/network").path("height").asLong() != head) {
                    return false;
                }
            }
            Thread.sleep(200);
        }
        return true;
    }

    private static JsonNode rotate() throws Exception {
        String said = Governing.by(network.nodes().get(NODE), "rotate", "--json");
        return Json.read(Bytes.utf8(said), 100_000).orThrow();
    }

    private static Path directory() {
        return network.nodes().get(NODE).directory();
    }

    private static VerifyingKey account() {
        return network.nodes().get(NODE).member().account();
    }

    private static KeyFile onDisk() throws Exception {
        return KeyFile.read(
                directory().resolve("node.p12"), Password.read(directory().resolve("password")));
    }

    private static NodeKey key(KeyFile file) {
        return RSA.signer(file.keys()).key();
    }

    private static Genesis genesis() throws Exception {
        return ChainStore.genesis(directory());
    }

    private static Placed first() throws Exception {
        Genesis genesis = genesis();
        Settings settings = Settings.FORMAT.decode(genesis.settings()).orThrow();
        return Placed.begun(genesis, settings, new StrongContracts(genesis.chain(), settings, RSA));
    }

    private static HeaderJudge judge() throws Exception {
        return new HeaderJudge(genesis().chain(), RSA, Work.HASHED);
    }

    private static boolean isSignedBy(NodeKey key, Certificate certificate) {
        Bytes words =
                Certificate.signed(
                        network.chain(), certificate.creation().height(), certificate.hash());
        return RSA.verify(key, words, certificate.signature());
    }

    private static long head() throws Exception {
        return get(0, "/v1/por/network").path("height").asLong();
    }

    /// By the node whose key is replaced.
    private static void awaitBlockAbove(long height) throws Exception {
        await(
                "a block above " + height,
                () ->
                        trail(height + 1).certificates().stream()
                                .anyMatch(each -> each.creation().creator().equals(account())));
    }

    private static Trail trail(long from) throws Exception {
        URI address = URI.create(network.nodes().getFirst().api() + "/v1/por/trail?from=" + from);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address).build();
            byte[] body = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
            return Trail.FORMAT.decode(Bytes.copyOf(body)).orThrow();
        }
    }

    private static JsonNode get(int node, String path) throws Exception {
        return asking.get(network.nodes().get(node), path);
    }

    private static void await(String what, Callable<Boolean> holds) throws Exception {
        long until = System.nanoTime() + TIME_MAX.toNanos();
        while (!holds.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            Thread.sleep(100);
        }
    }
}
