package org.entente.trials.por;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.chain.app.LocalNetwork;
import org.entente.chain.por.app.Design;
import org.entente.chain.por.app.Governing;
import org.entente.chain.por.app.Measured;
import org.entente.light.por.Certificate;
import org.entente.light.por.Member;
import org.entente.light.por.Rules;
import org.entente.light.por.Trail;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.runtime.StartRefused;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Five nodes, each a process of its own, under load: what their members can do to their chain, and
/// what a power cut does. One life of one network, scene by scene.
@Tag("processes")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PorNetworkTest {
    private static final int COUNT = 5;
    private static final Duration TIME_MAX = Duration.ofMinutes(5);

    @TempDir private static Path folder;
    private static LocalNetwork<Member> network;
    private static Measured measured;

    @BeforeAll
    static void begun() throws Exception {
        network = LocalNetwork.founded(folder.resolve("network"), Design.standard(COUNT));
        network.start();
        measured = new Measured(network);
        measured.load(Duration.ofMillis(300));
    }

    @AfterAll
    static void ended() {
        measured.close();
        network.close();
    }

    @Test
    @Order(1)
    void all_nodes_make_blocks_in_turn_and_have_one_state() throws Exception {
        awaitFinal(0, 12);
        for (int node = 1; node < COUNT; node++) {
            awaitFinal(node, 12);
        }
        for (long height = 1; height <= 12; height++) {
            List<String> digests = new ArrayList<>();
            for (int node = 0; node < COUNT; node++) {
                digests.add(get(node, "/v1/headers/" + height).path("digest").asString());
            }
            assertThat(digests).as("height %s", height).containsOnly(digests.getFirst());
        }
    }

    @Test
    @Order(2)
    void parameters_change_for_all_at_the_block_that_has_the_last_vote() throws Exception {
        Governing.by(network.nodes().get(0), "propose", "retune", "4.0", "2.99");
        assertThatThrownBy(
                        () -> Governing.by(network.nodes().get(1), "propose", "remove", "node-5"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("PROPOSAL_OPEN");
        for (int node = 1; node < COUNT; node++) {
            Governing.by(network.nodes().get(node), "vote", "yes");
        }
        JsonNode proposal = get(0, "/v1/por/proposal");
        assertThat(proposal.path("stage").asString()).isEqualTo("EXECUTED");
        long executed = proposal.path("ended").asLong();
        awaitFinal(0, executed + 1);
        Trail trail = trail(0);
        assertThat(rulesOf(trail, executed).parameters().max()).isNotEqualTo(40_000);
        assertThat(rulesOf(trail, executed + 1).parameters().max()).isEqualTo(40_000);
        for (int node = 1; node < COUNT; node++) {
            awaitFinal(node, executed + 1);
            assertThat(trail(node).certificates().get((int) executed).creation().rules())
                    .isEqualTo(rulesOf(trail, executed + 1).digest());
        }
    }

    @Test
    @Order(3)
    void a_node_that_is_away_is_removed_by_the_block_that_is_its_2nth_missed_one()
            throws Exception {
        network.processes().kill(4);
        await(
                "a block is made without node-5",
                () -> {
                    Trail now = trail(0);
                    return rulesOf(now, now.certificates().size()).count() == COUNT - 1;
                });
        Trail trail = trail(0);
        var account = network.nodes().get(4).member().account();
        long last = 0;
        long without = 0;
        for (Certificate each : trail.certificates()) {
            long height = each.creation().height();
            if (each.creation().creator().equals(account)) {
                last = height;
            }
            if (without == 0 && rulesOf(trail, height).count() == COUNT - 1) {
                without = height;
            }
        }
        // The block at last + 2n is the 2nth without one of its: from the next on it is none.
        assertThat(without).isEqualTo(last + 2 * COUNT + 1);
    }

    @Test
    @Order(4)
    void a_removed_node_follows_and_is_taken_back_when_all_agree() throws Exception {
        network.processes().restart(4);
        await(
                "node-5 knows that it is none",
                () ->
                        !get(4, "/v1/por/network").path("member").asBoolean()
                                && get(4, "/v1/status").path("last").path("height").asLong() > 0);
        String file = network.nodes().get(4).directory().resolve("member").toString();
        Governing.by(network.nodes().get(0), "propose", "add", file);
        for (int node = 1; node < COUNT - 1; node++) {
            Governing.by(network.nodes().get(node), "vote", "yes");
        }
        await("node-5 is a member", () -> members(0) == COUNT);
        long since = get(0, "/v1/status").path("head").path("height").asLong();
        var account = network.nodes().get(4).member().account();
        await(
                "node-5 makes a block",
                () ->
                        trail(0).certificates().stream()
                                .anyMatch(each ->
                                        each.creation().height() > since - 1
                                                && each.creation().creator().equals(account)));
    }

    @Test
    @Order(5)
    void a_vote_that_lacks_members_expires_and_changes_nothing() throws Exception {
        long before = get(0, "/v1/por/members").path("rules").asLong();
        Governing.by(
                network.nodes().get(0), "propose", "--validity", "60s", "retune", "5.0", "2.99");
        Governing.by(network.nodes().get(1), "vote", "yes");
        await(
                "the proposal expires",
                () -> get(0, "/v1/por/proposal").path("stage").asString().equals("EXPIRED"));
        assertThat(get(0, "/v1/por/members").path("rules").asLong()).isEqualTo(before);
    }

    @Test
    @Order(6)
    void a_power_cut_of_all_nodes_loses_nothing_that_was_final() throws Exception {
        long last = get(0, "/v1/status").path("last").path("height").asLong();
        String digest = get(0, "/v1/headers/" + last).path("digest").asString();
        for (int node = 0; node < COUNT; node++) {
            network.processes().kill(node);
        }
        for (int node = 0; node < COUNT; node++) {
            network.processes().restart(node);
        }
        for (int node = 0; node < COUNT; node++) {
            awaitFinal(node, last + 5);
            assertThat(get(node, "/v1/headers/" + last).path("digest").asString())
                    .isEqualTo(digest);
        }
    }

    private static Rules rulesOf(Trail trail, long height) {
        Digest digest = trail.certificates().get((int) height - 1).creation().rules();
        Optional<Rules> rules =
                trail.rules().stream().filter(each -> each.digest().equals(digest)).findFirst();
        return rules.orElseThrow();
    }

    private static long members(int node) throws Exception {
        return get(node, "/v1/por/members").path("members").size();
    }

    private static void awaitFinal(int node, long height) throws Exception {
        await(
                "height " + height + " is final at node " + node,
                () -> get(node, "/v1/status").path("last").path("height").asLong() >= height);
    }

    private static JsonNode get(int node, String path) throws Exception {
        return measured.get(network.nodes().get(node), path);
    }

    /// All of its blocks: there are few.
    private static Trail trail(int node) throws Exception {
        URI address = URI.create(network.nodes().get(node).api() + "/v1/por/trail?from=1");
        try (HttpClient client = HttpClient.newHttpClient()) {
            byte[] body =
                    client.send(
                                    HttpRequest.newBuilder(address).build(),
                                    HttpResponse.BodyHandlers.ofByteArray())
                            .body();
            return Trail.FORMAT.decode(Bytes.copyOf(body)).orThrow();
        }
    }

    private static void await(String what, Callable<Boolean> holds) throws Exception {
        long until = System.nanoTime() + TIME_MAX.toNanos();
        while (!holds.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            Thread.sleep(200);
        }
    }
}
