package org.entente.chain.por.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.certs.Cryptography;
import org.entente.chain.por.Change;
import org.entente.light.NodeKey;
import org.entente.light.Rsa;
import org.entente.light.por.Member;
import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.SettingsFile;
import org.entente.runtime.json.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How far `entente chain por rotate` finds things, whenever it was ended before.
class RotationTest {
    private static final Cryptography CRYPTOGRAPHY = Cryptography.fastest();
    private final Instant now = Instant.now();

    @TempDir private Path folder;
    private NodeKeys keys;
    private PorConfiguration configuration;
    private Rotation rotation;

    @BeforeEach
    void made() throws Exception {
        Path file = folder.resolve("node.conf");
        Files.writeString(
                file,
                """
                process = por
                listen = 127.0.0.1:1
                peers.listen = 127.0.0.1:7601
                directory = keys
                chain = por:home
                """);
        configuration = PorConfiguration.configured(SettingsFile.read(file)).orRefuse();
        keys = NodeKeys.make(configuration.directory(), List.of("localhost"), CRYPTOGRAPHY, now);
        rotation = new Rotation(configuration, CRYPTOGRAPHY, keys);
    }

    private NodeKey old() {
        return keys.blocks(CRYPTOGRAPHY).key();
    }

    private static JsonNode self(NodeKey named) {
        return json(Map.of("key", named.toString(), "host", "node.test", "port", 7_601));
    }

    private static Optional<JsonNode> proposal(String stage, String key) {
        return Optional.of(
                json(Map.of("stage", stage, "key", key, "change", "a change", "until", "then")));
    }

    private static JsonNode json(Map<String, ?> fields) {
        return Json.read(Json.write(fields), 10_000).orThrow();
    }

    @Test
    void it_is_proposed_then_open_then_agreed_and_proposed_again_with_the_same_key_when_refused()
            throws Exception {
        assertThat(rotation.stage(self(old()), Optional.empty())).isEqualTo(Rotation.Stage.BEGUN);
        Change.Update change = rotation.change(self(old()), now);
        String key = change.key().toString();
        // Ended before it was proposed.
        assertThat(rotation.stage(self(old()), Optional.empty())).isEqualTo(Rotation.Stage.BEGUN);
        assertThat(rotation.change(self(old()), now)).isEqualTo(change);
        assertThat(rotation.stage(self(old()), proposal("OPEN", key)))
                .isEqualTo(Rotation.Stage.OPEN);
        for (String ended : List.of("REJECTED", "EXPIRED", "VOID")) {
            assertThat(rotation.stage(self(old()), proposal(ended, key)))
                    .isEqualTo(Rotation.Stage.BEGUN);
        }
        assertThat(rotation.stage(self(change.key()), proposal("EXECUTED", key)))
                .isEqualTo(Rotation.Stage.AGREED);
    }

    @Test
    void the_next_key_consents_the_one_before_hands_over_and_the_address_stays() throws Exception {
        Change.Update change = rotation.change(self(old()), now);
        VerifyingKey account = keys.transactions(CRYPTOGRAPHY).key();
        Bytes consent = Member.consent(configuration.chain(), account, change.key());
        Rsa rsa = Rsa.of(CRYPTOGRAPHY);
        assertThat(rsa.verify(change.key(), consent, change.consent())).isTrue();
        assertThat(rsa.verify(old(), consent, change.handover())).isTrue();
        assertThat(change.key()).isNotEqualTo(old());
        assertThat(change.host()).isEqualTo("node.test");
        assertThat(change.port()).isEqualTo(7_601);
    }

    @Test
    void while_members_vote_on_something_else_no_key_is_made() throws Exception {
        assertThatThrownBy(() -> rotation.stage(self(old()), proposal("OPEN", "another")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("a change")
                .hasMessageContaining("next:");
        assertThat(NodeKeys.next(configuration.directory())).isEmpty();
    }

    @Test
    void without_its_node_nothing_is_made_and_the_next_step_is_said() throws Exception {
        try (Governing governing = new Governing(configuration)) {
            assertThatThrownBy(() -> governing.run(PorOptions.parse(List.of("rotate"))))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("next: start it");
        }
        assertThat(NodeKeys.next(configuration.directory())).isEmpty();
    }

    @Test
    void a_key_that_the_chain_names_and_nobody_has_is_said_to_be_lost() throws Exception {
        NodeKey lost = rotation.change(self(old()), now).key();
        Files.delete(configuration.directory().resolve("node-next.p12"));
        assertThatThrownBy(() -> rotation.stage(self(lost), Optional.empty()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(lost.toString())
                .hasMessageContaining("next:");
    }
}
