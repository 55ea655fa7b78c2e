package org.entente.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.client.fixture.Scene.json;
import static org.entente.client.fixture.Scene.ok;
import static org.entente.client.fixture.Scene.refused;

import org.entente.client.fixture.RelayTwin;
import org.entente.client.fixture.Scene;
import org.entente.client.fixture.Terminal;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/// Two organisations from nothing to an alliance and back, by the commands alone.
class JourneyTest {
    @TempDir private Path folder;
    private RelayTwin relay;
    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        relay = new RelayTwin(folder);
        scene = new Scene(folder, relay);
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    @Test
    void two_organisations_found_an_alliance_amend_it_and_stop_it() throws Exception {
        Path alpha = scene.organisation("alpha");
        Path beta = scene.organisation("beta");
        matching();

        Path forgeable = scene.contract("forgeable.json", 1, 3, 1);
        Path forgeableNode = scene.nodeContract("forgeable-node.json", 3, 1);
        String table = Terminal.run("contract", "check", forgeable, forgeableNode).out();
        assertThat(table).contains("alpha.example").contains("refused: FORGEABLE");
        refused("FORGEABLE", "contract", "check", forgeable, forgeableNode);
        refused("FORGEABLE", "alliance", "draft", forgeable, forgeableNode, "--org", alpha);

        Path contract = scene.contract("contract.json", 1, 1, 1);
        Path node = scene.nodeContract("node.json", 1, 1);
        assertThat(ok("contract", "check", contract, node))
                .contains("alpha.example + beta.example")
                .contains("ok");
        String id =
                json("alliance", "draft", contract, node, "--org", alpha)
                        .get("proposal")
                        .asString();
        assertThat(ok("alliance", "sign", id, "--org", alpha)).contains("missing: ");
        refused("DOUBLY_SIGNED", "alliance", "sign", id, "--org", alpha);
        assertThat(ok("alliance", "sign", id, "--org", beta)).contains("complete: founds");
        assertThat(json("alliance", "show", id, "--org", beta).get("flows").get(0).get("running"))
                .hasToString("true");

        brake(id, alpha);
        amend(id);
        verify(id, alpha);
        suspend(id);
    }

    private void matching() {
        ok(
                "require",
                "offer",
                "--identity",
                scene.agent("alpha"),
                "--chain",
                "solo:alpha",
                "--resource",
                "orders/**",
                "--purpose",
                "trade");
        String want =
                json(
                                "require",
                                "want",
                                "--identity",
                                scene.agent("beta"),
                                "--chain",
                                "solo:alpha",
                                "--resource",
                                "orders/*",
                                "--purpose",
                                "trade")
                        .get("requirement")
                        .asString();
        assertThat(ok("require", "match", "--identity", scene.agent("beta"))).contains("orders/*");
        Path skeleton = folder.resolve("skeleton.json");
        ok("alliance", "draft", "--from-matches", skeleton, "--identity", scene.agent("beta"));
        assertThat(skeleton).content().contains("beta.example");
        refused("NOT_YOURS", "require", "withdraw", want, "--identity", scene.agent("alpha"));
        ok("require", "withdraw", want, "--identity", scene.agent("beta"));
        assertThat(ok("require", "list", "--identity", scene.agent("beta"))).doesNotContain(want);
    }

    private static void brake(String id, Path alpha) {
        ok("flow", "pause", id, "orders", "--org", alpha);
        assertThat(ok("alliance", "show", id, "--org", alpha)).contains("paused by");
        refused("UNKNOWN_FLOW", "flow", "pause", id, "others", "--org", alpha);
        ok("flow", "resume", id, "trade/orders", "--org", alpha);
    }

    private void amend(String id) throws Exception {
        Path next = scene.contract("contract-2.json", 2, 2, 2);
        assertThat(ok("contract", "diff", folder.resolve("contract.json"), next))
                .contains("the version changes from 1 to 2")
                .contains("weighs 2 instead of 1");
        String proposal =
                json("contract", "propose", id, next, "--identity", scene.agent("alpha"))
                        .get("proposal")
                        .asString();
        ok("contract", "sign", proposal, "--identity", scene.agent("alpha"));
        assertThat(ok("contract", "show", proposal, "--identity", scene.agent("beta")))
                .contains("missing: ");
        ok("contract", "sign", proposal, "--identity", scene.agent("beta"));
        assertThat(json("alliance", "show", id, "--identity", scene.agent("beta")).get("epochs"))
                .hasSize(2);
        Path written = folder.resolve("written.json");
        ok("contract", "show", id, "--identity", scene.agent("beta"), "--file", written);
        assertThat(written).hasSameBinaryContentAs(next);
    }

    private void verify(String id, Path alpha) {
        assertThat(ok("log", "verify", "--org", alpha)).contains(id).contains("verified: ");
        assertThat(ok("log", "show", id, "--org", alpha)).contains("FlowPaused");
        assertThat(
                        json("log", "show", "--org", alpha)
                                .get("entries")
                                .get(0)
                                .get("change")
                                .asString())
                .isEqualTo("OrganisationEnrolled");
    }

    private void suspend(String id) {
        String proposal =
                json("alliance", "suspend", id, "--identity", scene.agent("alpha"))
                        .get("proposal")
                        .asString();
        ok("contract", "sign", proposal, "--identity", scene.agent("alpha"));
        ok("contract", "sign", proposal, "--identity", scene.agent("beta"));
        assertThat(ok("alliance", "list", "--identity", scene.agent("beta"))).contains("SUSPENDED");
    }

    @Test
    void certificates_are_listed_revoked_and_a_ca_is_rotated() throws Exception {
        Path alpha = scene.organisation("alpha");
        assertThat(ok("cert", "list", "--org", alpha)).contains("agent-1").contains("holds");
        assertThat(ok("cert", "list", "--identity", scene.agent("alpha"))).contains("identity");
        ok("cert", "revoke", "--org", alpha, "--node", "agent-1", "--reason", "key-compromise");
        assertThat(ok("cert", "list", "--org", alpha)).contains("revoked");
        refused("ALREADY_EXISTS", "cert", "revoke", "--org", alpha, "--node", "agent-1");
        refused(
                "CERTIFICATE_REVOKED",
                "require",
                "offer",
                "--identity",
                scene.agent("alpha"),
                "--chain",
                "solo:alpha",
                "--resource",
                "orders/**",
                "--purpose",
                "trade");
        assertThat(ok("org", "rotate", "--org", alpha)).contains("generation 2");
        assertThat(ok("org", "show", "alpha.example", "--org", alpha)).contains("The alpha");
        assertThat(ok("chain", "list", "--org", alpha)).contains("solo:alpha");
    }

    @Test
    void secrets_are_neither_printed_nor_readable_by_others() throws Exception {
        Path alpha = scene.organisation("alpha");
        String password = Files.readString(alpha.resolve("password")).strip();
        String all =
                ok("org", "show", "--org", alpha)
                        + ok("cert", "list", "--org", alpha, "--json")
                        + Terminal.run("org", "rotate", "--org", alpha).all();
        assertThat(all).doesNotContain(password).doesNotContain("PRIVATE KEY");
        String token = json("org", "token", "app-1", "--org", alpha).get("token").asString();
        for (Path home : List.of(alpha, scene.agent("alpha"))) {
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String mode =
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                    boolean open =
                            file.toString().endsWith(".pem")
                                    || file.endsWith("ledger")
                                    || file.endsWith("roles");
                    assertThat(mode).as(file.toString()).isIn(open ? mode : "rw-------");
                    assertThat(Files.readAllBytes(file)).asString().doesNotContain(token);
                }
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void a_lost_answer_to_a_change_is_found_in_the_log() throws Exception {
        Path alpha = scene.organisation("alpha");
        // The copy is read with two requests; the third brings the change.
        relay.moods.addAll(
                List.of(RelayTwin.Mood.HONEST, RelayTwin.Mood.HONEST, RelayTwin.Mood.MUTE));
        ok(
                "chain",
                "add",
                "solo:second",
                "--org",
                alpha,
                "--title",
                "Chain",
                "--kind",
                "por",
                "--genesis",
                Digest.ZERO.hex());
        assertThat(relay.registry().chains()).containsKey(new ChainId("solo:second"));
    }

    @Test
    void nobody_at_the_address_is_unreachable() throws Exception {
        Path alpha = scene.organisation("alpha");
        Path other = Files.createDirectory(folder.resolve("other"));
        try (RelayTwin stranger = new RelayTwin(other)) {
            Terminal.Ended ended =
                    Terminal.run(
                            "org",
                            "show",
                            "--org",
                            alpha,
                            "--relay",
                            relay.url(),
                            "--relay-certificate",
                            stranger.certificate());
            assertThat(ended.exit()).as(ended.all()).isEqualTo(4);
            assertThat(ended.err()).contains("is not the server that was expected");
        }
    }
}
