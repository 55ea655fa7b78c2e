package org.entente.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Certificate;
import org.entente.certs.SigningRequest;
import org.entente.certs.issue.CertificateAuthority;
import org.entente.certs.pem.OrganisationDirectory;
import org.entente.certs.pem.Password;
import org.entente.client.IdentityDirectory;
import org.entente.client.RememberedRelay;
import org.entente.client.fixture.RelayTwin;
import org.entente.client.fixture.Terminal;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;
import org.entente.registry.Approval;
import org.entente.registry.Approver;
import org.entente.registry.Change;
import org.entente.registry.NodeRole;
import org.entente.registry.SignedChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Two organisations from nothing to an alliance and back, by the commands alone.
class JourneyTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private Path folder;
    private RelayTwin relay;

    @BeforeEach
    void start() throws Exception {
        relay = new RelayTwin(folder);
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private static String ok(Object... line) {
        Terminal.Ended ended = Terminal.run(line);
        assertThat(ended.exit()).as(List.of(line) + "\n" + ended.all()).isZero();
        return ended.out();
    }

    private static JsonNode json(Object... line) {
        Object[] more = Stream.concat(Stream.of(line), Stream.of("--json")).toArray();
        String out = ok(more);
        assertThat(out.lines()).hasSize(1);
        return JSON.readTree(out);
    }

    private static String refused(String code, Object... line) {
        Terminal.Ended ended = Terminal.run(line);
        assertThat(ended.exit()).as(ended.all()).isEqualTo(1);
        assertThat(ended.err()).contains("refused: " + code).contains("\nnext: ");
        return ended.err();
    }

    private Path organisation(String name) throws Exception {
        Path home = folder.resolve(name);
        ok("org", "init", name + ".example", "--directory", home, "--title", "The " + name);
        ok(
                "org",
                "join",
                "--org",
                home,
                "--relay",
                relay.url(),
                "--relay-certificate",
                relay.certificate(),
                "--invitation",
                "token");
        String genesis = Digest.ZERO.hex();
        ok(
                "chain",
                "add",
                "solo:" + name,
                "--org",
                home,
                "--title",
                "Chain",
                "--kind",
                "por",
                "--genesis",
                genesis,
                "--inbox",
                "inbox:" + genesis);
        node(home, name);
        return home;
    }

    /// As the agent does it, without the network between.
    private void node(Path home, String name) throws Exception {
        var cryptography = Terminal.CRYPTOGRAPHY;
        Path place = folder.resolve(name + "-agent");
        Instant now = Instant.now();
        IdentityDirectory identity =
                IdentityDirectory.forEnrolment(place, cryptography, new SecureRandom(), now);
        try (OrganisationDirectory directory =
                OrganisationDirectory.open(
                        home, Password.read(home.resolve("password")), cryptography)) {
            CertificateAuthority ca = directory.authority(new SecureRandom());
            NodeId node = new NodeId(directory.organisation(), new Name("agent-1"));
            var hosts = Sorted.copyOf(List.<org.entente.certs.HostName>of());
            var request = SigningRequest.forNode(node, hosts, identity.signer());
            String token = ca.invite(node, hosts, Duration.ofHours(1), now).orThrow().token();
            Certificate certificate = ca.enrol(node, token, request, now).orThrow();
            identity.hold(certificate, ca.current(), URI.create("https://localhost:1"));
            Change change =
                    new Change.NodeAdded(
                            certificate.der(),
                            Sorted.copyOf(List.of(new ChainId("solo:" + name))),
                            Sorted.copyOf(List.of(NodeRole.HOST, NodeRole.ENDORSER)));
            relay.post(
                    SignedChange.of(
                            change,
                            Approval.by(
                                    new Approver.Node(node), identity.signer(), change.digest())));
        }
        RememberedRelay.remember(
                RememberedRelay.place(URI.create(relay.url()), relay.certificate()), place);
    }

    private Path agent(String name) {
        return folder.resolve(name + "-agent");
    }

    private Path contract(String file, int version, long alpha, long beta) throws Exception {
        Path path = folder.resolve(file);
        Files.writeString(
                path,
                """
                {"name": "trade", "version": %d, "parties": ["alpha.example", "beta.example"],
                 "agents": {"spiffe://alpha.example/node/agent-1": %d,
                            "spiffe://beta.example/node/agent-1": %d},
                 "flows": [{"name": "orders",
                   "source": {"chain": "solo:alpha", "resources": ["orders/*"]},
                   "destination": {"chain": "solo:beta", "inbox": "inbox", "resources": ["orders/*"]},
                   "requesters": [{"organisation": "beta.example", "role": "buyer"}],
                   "limits": {"payloadBytesMax": 65536, "perHour": 1000},
                   "finality": {"solo:alpha": "final", "solo:beta": "final"},
                   "deliverWithin": "10m"}],
                 "amendment": {"threshold": "1/2"},
                 "validity": {"from": "2020-01-01T00:00:00Z", "until": "2099-01-01T00:00:00Z"}}
                """
                        .formatted(version, alpha, beta));
        return path;
    }

    private Path nodeContract(String file, long alpha, long beta) throws Exception {
        Path path = folder.resolve(file);
        Files.writeString(
                path,
                """
                {"contract": "trade", "flow": "orders",
                 "hosts": ["spiffe://alpha.example/node/agent-1"],
                 "program": {"kind": "copy"},
                 "endorsers": {"spiffe://alpha.example/node/agent-1": %d,
                               "spiffe://beta.example/node/agent-1": %d}}
                """
                        .formatted(alpha, beta));
        return path;
    }

    @Test
    void two_organisations_found_an_alliance_amend_it_and_stop_it() throws Exception {
        Path alpha = organisation("alpha");
        Path beta = organisation("beta");
        matching();

        Path forgeable = contract("forgeable.json", 1, 3, 1);
        Path forgeableNode = nodeContract("forgeable-node.json", 3, 1);
        String table = Terminal.run("contract", "check", forgeable, forgeableNode).out();
        assertThat(table).contains("alpha.example").contains("refused: FORGEABLE");
        refused("FORGEABLE", "contract", "check", forgeable, forgeableNode);
        refused("FORGEABLE", "alliance", "draft", forgeable, forgeableNode, "--org", alpha);

        Path contract = contract("contract.json", 1, 1, 1);
        Path node = nodeContract("node.json", 1, 1);
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
                agent("alpha"),
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
                                agent("beta"),
                                "--chain",
                                "solo:alpha",
                                "--resource",
                                "orders/*",
                                "--purpose",
                                "trade")
                        .get("requirement")
                        .asString();
        assertThat(ok("require", "match", "--identity", agent("beta"))).contains("orders/*");
        Path skeleton = folder.resolve("skeleton.json");
        ok("alliance", "draft", "--from-matches", skeleton, "--identity", agent("beta"));
        assertThat(skeleton).content().contains("beta.example");
        refused("NOT_YOURS", "require", "withdraw", want, "--identity", agent("alpha"));
        ok("require", "withdraw", want, "--identity", agent("beta"));
        assertThat(ok("require", "list", "--identity", agent("beta"))).doesNotContain(want);
    }

    private static void brake(String id, Path alpha) {
        ok("flow", "pause", id, "orders", "--org", alpha);
        assertThat(ok("alliance", "show", id, "--org", alpha)).contains("paused by");
        refused("UNKNOWN_FLOW", "flow", "pause", id, "others", "--org", alpha);
        ok("flow", "resume", id, "trade/orders", "--org", alpha);
    }

    private void amend(String id) throws Exception {
        Path next = contract("contract-2.json", 2, 2, 2);
        assertThat(ok("contract", "diff", folder.resolve("contract.json"), next))
                .contains("the version changes from 1 to 2")
                .contains("weighs 2 instead of 1");
        String proposal =
                json("contract", "propose", id, next, "--identity", agent("alpha"))
                        .get("proposal")
                        .asString();
        ok("contract", "sign", proposal, "--identity", agent("alpha"));
        assertThat(ok("contract", "show", proposal, "--identity", agent("beta")))
                .contains("missing: ");
        ok("contract", "sign", proposal, "--identity", agent("beta"));
        assertThat(json("alliance", "show", id, "--identity", agent("beta")).get("epochs"))
                .hasSize(2);
        Path written = folder.resolve("written.json");
        ok("contract", "show", id, "--identity", agent("beta"), "--file", written);
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
                json("alliance", "suspend", id, "--identity", agent("alpha"))
                        .get("proposal")
                        .asString();
        ok("contract", "sign", proposal, "--identity", agent("alpha"));
        ok("contract", "sign", proposal, "--identity", agent("beta"));
        assertThat(ok("alliance", "list", "--identity", agent("beta"))).contains("SUSPENDED");
    }

    @Test
    void certificates_are_listed_revoked_and_a_ca_is_rotated() throws Exception {
        Path alpha = organisation("alpha");
        assertThat(ok("cert", "list", "--org", alpha)).contains("agent-1").contains("holds");
        assertThat(ok("cert", "list", "--identity", agent("alpha"))).contains("identity");
        ok("cert", "revoke", "--org", alpha, "--node", "agent-1", "--reason", "key-compromise");
        assertThat(ok("cert", "list", "--org", alpha)).contains("revoked");
        refused("ALREADY_EXISTS", "cert", "revoke", "--org", alpha, "--node", "agent-1");
        refused(
                "CERTIFICATE_REVOKED",
                "require",
                "offer",
                "--identity",
                agent("alpha"),
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
        Path alpha = organisation("alpha");
        String password = Files.readString(alpha.resolve("password")).strip();
        String all =
                ok("org", "show", "--org", alpha)
                        + ok("cert", "list", "--org", alpha, "--json")
                        + Terminal.run("org", "rotate", "--org", alpha).all();
        assertThat(all).doesNotContain(password).doesNotContain("PRIVATE KEY");
        String token = json("org", "token", "app-1", "--org", alpha).get("token").asString();
        for (Path home : List.of(alpha, agent("alpha"))) {
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
        Path alpha = organisation("alpha");
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
        Path alpha = organisation("alpha");
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
