package org.entente.chain.por.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Cryptography;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.Pem;
import org.entente.chain.por.Change;
import org.entente.light.NodeKey;
import org.entente.light.NodeSigner;
import org.entente.light.Rsa;
import org.entente.light.fixture.Party;
import org.entente.light.por.Member;
import org.entente.light.por.Rules;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Which keys a node has while its member replaces one, whenever it is ended (docs/chains/por.md
/// §8).
class KeyringTest {
    private static final ChainId CHAIN = new ChainId("por:home");
    private static final Cryptography CRYPTOGRAPHY = Cryptography.fastest();
    private static final List<String> HOSTS = List.of("localhost");
    private final Instant now = Instant.now();

    @TempDir private Path directory;
    private NodeKeys keys;
    private Rules before;

    @BeforeEach
    void made() throws Exception {
        keys = NodeKeys.make(directory, HOSTS, CRYPTOGRAPHY, now);
        before = rules(keys.blocks(CRYPTOGRAPHY));
        Change.Add added =
                Founding.member(
                        CHAIN,
                        keys.transactions(CRYPTOGRAPHY).key(),
                        keys.blocks(CRYPTOGRAPHY),
                        new Name("own"),
                        "127.0.0.1",
                        9_000);
        Founding.write(directory, added);
    }

    private Rules rules(NodeSigner node) {
        Member own =
                new Member(
                        keys.transactions(CRYPTOGRAPHY).key(),
                        new Name("own"),
                        node.key(),
                        "127.0.0.1",
                        9_000,
                        0);
        return new Rules(0, List.of(own, Party.member(1)), Party.easy());
    }

    private Keyring ring() throws Exception {
        return new Keyring(directory, CHAIN, NodeKeys.read(directory), CRYPTOGRAPHY);
    }

    private KeyFile prepared() throws Exception {
        return NodeKeys.next(directory, HOSTS, CRYPTOGRAPHY, now);
    }

    private static NodeSigner signer(KeyFile file) {
        return Rsa.of(CRYPTOGRAPHY).signer(file.keys());
    }

    private static NodeKey key(KeyFile file) {
        return signer(file).key();
    }

    @Test
    void the_next_key_is_held_when_it_is_made_and_replaces_the_other_when_that_is_final()
            throws Exception {
        Keyring ring = ring();
        assertThat(ring.look(before, before)).isFalse();
        KeyFile next = prepared();
        NodeKey old = keys.blocks(CRYPTOGRAPHY).key();
        assertThat(ring.of(key(next))).isEmpty();
        assertThat(ring.look(before, rules(signer(next)))).isFalse();
        assertThat(ring.of(key(next))).isPresent();
        assertThat(ring.of(old)).isPresent();
        assertThat(key(ring.shown())).isEqualTo(old);
        assertThat(ring.look(rules(signer(next)), rules(signer(next)))).isTrue();
        assertThat(ring.of(key(next))).isPresent();
        assertThat(ring.of(old)).isEmpty();
        assertThat(key(ring.shown())).isEqualTo(key(next));
        replacedBy(next);
        assertThat(ring.look(rules(signer(next)), rules(signer(next)))).isFalse();
    }

    /// On disk, and nothing of the key before.
    private void replacedBy(KeyFile next) throws Exception {
        assertThat(key(NodeKeys.read(directory).node())).isEqualTo(key(next));
        assertThat(NodeKeys.next(directory)).isEmpty();
        Change.Add added = Founding.member(Founding.file(directory));
        assertThat(added.member().key()).isEqualTo(key(next));
        assertThat(
                        Rsa.of(CRYPTOGRAPHY)
                                .verify(
                                        key(next),
                                        Member.consent(CHAIN, added.member().account(), key(next)),
                                        added.consent()))
                .isTrue();
        assertThat(Files.readString(directory.resolve("node.pem")))
                .isEqualTo(
                        Pem.encode(
                                Pem.CERTIFICATE,
                                Bytes.copyOf(next.chain().getFirst().getEncoded())));
    }

    @Test
    void what_ended_before_or_between_the_steps_is_done_at_the_next_start() throws Exception {
        KeyFile next = prepared();
        Rules after = rules(signer(next));
        Path file = directory.resolve("node-next.p12");
        byte[] nextBytes = Files.readAllBytes(file);
        byte[] nodeBytes = Files.readAllBytes(directory.resolve("node.p12"));
        for (int steps = 0; steps < 2; steps++) {
            Files.write(directory.resolve("node.p12"), nodeBytes);
            Files.write(file, nextBytes);
            if (steps == 1) {
                next.write(
                        directory.resolve("node.p12"),
                        Password.read(directory.resolve("password")));
            }
            Keyring ring = ring();
            assertThat(ring.look(after, after)).isTrue();
            assertThat(ring.of(key(next))).isPresent();
            replacedBy(next);
        }
    }

    @Test
    void a_next_key_that_members_did_not_agree_to_changes_nothing_and_is_proposed_again()
            throws Exception {
        KeyFile next = prepared();
        Keyring ring = ring();
        assertThat(ring.look(before, before)).isFalse();
        assertThat(key(ring.shown())).isEqualTo(keys.blocks(CRYPTOGRAPHY).key());
        assertThat(key(NodeKeys.read(directory).node())).isEqualTo(key(ring.shown()));
        assertThat(key(prepared())).isEqualTo(key(next));
    }

    @Test
    void a_next_key_that_cannot_be_read_leaves_the_node_with_the_one_it_has() throws Exception {
        Files.writeString(directory.resolve("node-next.p12"), "damaged");
        Keyring ring = ring();
        assertThat(ring.look(before, before)).isFalse();
        assertThat(ring.of(key(ring.shown()))).isPresent();
    }
}
