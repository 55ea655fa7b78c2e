package org.entente.relay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.merkle.Frontier;
import org.entente.protocol.merkle.TreeHash;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What public tools read: tiles, entries, checkpoints.
final class PublicLogTest {
    private static final String REGISTRY = "/v1/logs/registry";
    private static final int SIZE = 260;
    private static final int WIDTH = 256;

    private final Member alpha = new Member("alpha.example");

    @TempDir private Path directory;

    @Test
    void the_root_follows_from_the_tiles_and_the_relays_key_signs_it() throws Exception {
        try (RunningRelay relay = RunningRelay.start(directory.resolve("relay"))) {
            relay.admit(List.of(alpha));
            for (int index = size(relay); index < SIZE; index++) {
                relay.accept(alpha.wish(alpha.chain(), "wish " + index));
            }
            Bytes first = relay.ask(REGISTRY + "/tile/0/000").body();
            Bytes rest = relay.ask(REGISTRY + "/tile/0/001.p/" + (SIZE - WIDTH)).body();
            Digest root = root(hashes(first.concat(rest)));

            assertThat(relay.ask(REGISTRY).json().path("root").asString()).isEqualTo(root.hex());
            assertThat(hashes(relay.ask(REGISTRY + "/tile/1/000.p/1").body()))
                    .containsExactly(root(hashes(first)));
            assertThat(leaves(relay.ask(REGISTRY + "/tile/entries/000").body()))
                    .isEqualTo(hashes(first));
            isSigned(relay, root);
        }
    }

    private static int size(RunningRelay relay) throws Exception {
        return relay.ask(REGISTRY).json().path("size").asInt();
    }

    private void isSigned(RunningRelay relay, Digest root) throws Exception {
        String note = relay.ask(REGISTRY + "/checkpoint").body().asUtf8();
        int end = note.lastIndexOf("\n\n") + 1;
        String body = note.substring(0, end);
        assertThat(body.lines())
                .containsExactly(
                        "relay.example:7400/v1/logs/registry",
                        Integer.toString(SIZE),
                        Base64.getEncoder().encodeToString(root.bytes().toArray()));
        byte[] signed =
                Base64.getDecoder().decode(note.substring(note.lastIndexOf(' ') + 1).strip());
        Files.write(
                directory.resolve("signature"),
                Bytes.copyOf(signed).slice(4, signed.length).toArray());
        openssl(
                "x509",
                "-in",
                relay.certificateFile().toString(),
                "-noout",
                "-pubkey",
                "-out",
                "key");
        Files.writeString(directory.resolve("body"), body);
        assertThat(verified()).contains("Verified OK");
        Files.writeString(directory.resolve("body"), body.replace("260", "261"));
        assertThat(verified()).doesNotContain("Verified OK");
    }

    private String verified() throws Exception {
        return openssl("dgst", "-sha256", "-verify", "key", "-signature", "signature", "body");
    }

    private static Digest root(List<Digest> leaves) {
        Frontier frontier = Frontier.EMPTY;
        for (Digest leaf : leaves) {
            frontier = frontier.append(leaf);
        }
        return frontier.root();
    }

    private static List<Digest> hashes(Bytes tile) {
        List<Digest> hashes = new ArrayList<>();
        for (int at = 0; at < tile.size(); at += Digest.SIZE_BYTES) {
            hashes.add(new Digest(tile.slice(at, at + Digest.SIZE_BYTES)));
        }
        return hashes;
    }

    private static List<Digest> leaves(Bytes bundle) {
        List<Digest> leaves = new ArrayList<>();
        int at = 0;
        while (at < bundle.size()) {
            int size = (bundle.at(at) & 0xff) << 8 | (bundle.at(at + 1) & 0xff);
            leaves.add(TreeHash.leaf(bundle.slice(at + 2, at + 2 + size)));
            at += 2 + size;
        }
        return leaves;
    }

    private String openssl(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words));
        Path said = directory.resolve("said");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (IOException e) {
            abort("the program openssl is missing: apt-get install openssl (" + e + ")");
        }
        return Files.readString(said);
    }
}
