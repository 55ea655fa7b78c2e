package org.entente.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.client.fixture.Scene.json;
import static org.entente.client.fixture.Scene.ok;
import static org.entente.client.fixture.Scene.refused;

import org.entente.client.fixture.RelayTwin;
import org.entente.client.fixture.Scene;
import org.entente.client.fixture.Terminal;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// Offline keys that record 0 names, from the key file to the record that only they approve.
class RecoveryKeyTest {
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
    void recovery_keys_of_record_0_together_replace_a_lost_majority() throws Exception {
        Path alpha = scene.organisation("alpha");
        Path beta = scene.organisation("beta");
        List<String> keys = List.of(recoveryKey("alpha"), recoveryKey("beta"));
        String id =
                json(
                                "alliance",
                                "draft",
                                recoverable("contract.json", 1, keys),
                                scene.nodeContract("node.json", 1, 1),
                                "--org",
                                alpha)
                        .get("proposal")
                        .asString();
        ok("alliance", "sign", id, "--org", alpha);
        assertThat(ok("alliance", "sign", id, "--org", beta)).contains("complete: founds");
        var record = relay.registry().alliance(new AllianceId(Digest.fromHex(id))).orElseThrow();
        assertThat(record.charter().record().recovery().delayBlocks()).isEqualTo(50_400);
        assertThat(record.charter().record().recovery().keys().values())
                .extracting(VerifyingKey::toString)
                .containsExactlyElementsOf(keys);

        Path next = recoverable("contract-2.json", 2, keys);
        String proposal =
                json("contract", "propose", id, next, "--identity", scene.agent("alpha"))
                        .get("proposal")
                        .asString();
        assertThat(recovered(proposal, "alpha")).contains("the recovery key of alpha.example");
        assertThat(epochs(id, beta)).isEqualTo(1);
        assertThat(recovered(proposal, "beta")).contains("complete: ");
        assertThat(epochs(id, beta)).isEqualTo(2);
    }

    @Test
    void a_recovery_key_that_record_0_does_not_name_signs_nothing() throws Exception {
        Path alpha = scene.organisation("alpha");
        scene.organisation("beta");
        recoveryKey("alpha");
        String id =
                json(
                                "alliance",
                                "draft",
                                scene.contract("contract.json", 1, 1, 1),
                                scene.nodeContract("node.json", 1, 1),
                                "--org",
                                alpha)
                        .get("proposal")
                        .asString();
        refused(
                "NOT_A_SIGNER",
                "alliance",
                "sign",
                id,
                "--recovery-key",
                folder.resolve("alpha-recovery.p12"),
                "--relay",
                relay.url(),
                "--relay-certificate",
                relay.certificate());
        Terminal.Ended again =
                Terminal.run(
                        "org",
                        "recovery-key",
                        "alpha.example",
                        "--file",
                        folder.resolve("alpha-recovery.p12"));
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("exists");
    }

    /// The public half, as it stands in the file that is handed round.
    private String recoveryKey(String name) throws Exception {
        Path file = folder.resolve(name + "-recovery.p12");
        String key =
                json("org", "recovery-key", name + ".example", "--file", file)
                        .get("key")
                        .asString();
        assertThat(Path.of(file + ".json"))
                .hasContent(
                        "{\"organisation\": \"" + name + ".example\", \"key\": \"" + key + "\"}\n");
        for (Path secret : List.of(file, Path.of(file + ".password"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
        return key;
    }

    private Path recoverable(String file, int version, List<String> keys) throws Exception {
        Path path = scene.contract(file, version, 1, 1);
        String named =
                "\"recovery\": {\"keys\": [{\"organisation\": \"alpha.example\", \"key\": \""
                        + keys.getFirst()
                        + "\"}, {\"organisation\": \"beta.example\", \"key\": \""
                        + keys.getLast()
                        + "\"}], \"delayBlocks\": 50400},";
        String text = Files.readString(path);
        return Files.writeString(path, text.replace("\"amendment\"", named + "\"amendment\""));
    }

    private String recovered(String proposal, String name) {
        return ok(
                "contract",
                "sign",
                proposal,
                "--recovery-key",
                folder.resolve(name + "-recovery.p12"),
                "--relay",
                relay.url(),
                "--relay-certificate",
                relay.certificate());
    }

    private static int epochs(String id, Path org) {
        return json("alliance", "show", id, "--org", org).get("epochs").size();
    }
}
