package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.client.IdentityDirectory;
import org.entente.client.Refused;
import org.entente.launcher.app.demo.Party;
import org.entente.protocol.Bytes;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Frame;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An audit of a real log: sound, then doctored in a copy and by a relay that shows another.
final class AuditScene {
    private final Alliance alliance;
    private final Path saved;
    private final Path kept;

    AuditScene(Alliance alliance) {
        this.alliance = alliance;
        this.saved = alliance.ground().path("audit.log");
        this.kept = alliance.ground().path("audit.kept");
    }

    void play() throws Exception {
        JsonNode sound =
                alliance.terminal()
                        .run(
                                "audit",
                                alliance.id(),
                                "--org",
                                alliance.home(Party.GAMMA).toString(),
                                "--save",
                                saved.toString(),
                                "--keep",
                                kept.toString());
        assertThat(sound.path("holds").asBoolean()).isTrue();
        assertThat(sound.path("findings").size()).isZero();
        List<Frame> frames = LogLie.read(Bytes.copyOf(Files.readAllBytes(saved)));
        assertThat(sound.path("size").asLong()).isEqualTo(frames.size());
        long serial = exchange(frames);

        named(LogLie.without(serial), "REMOVED", serial);
        named(LogLie.swapping(serial), "SWAPPED", serial);
        named(LogLie.editing(serial, AuditScene::later), "EDITED", serial);
        named(LogLie.withholding(frames.size() - 1), "REMOVED", frames.size() - 1);
        shown(LogLie.without(serial), "REMOVED", serial);
    }

    /// In the middle, an exchange.
    private static long exchange(List<Frame> frames) {
        return frames.stream()
                .map(LogLie::entry)
                .filter(entry -> entry.kind() == EntryKind.EXCHANGE)
                .skip(3)
                .findFirst()
                .orElseThrow()
                .serial();
    }

    static Entry later(Entry entry) {
        return new Entry(
                entry.serial(),
                entry.kind(),
                entry.submission(),
                entry.evidence(),
                entry.outcome(),
                entry.fault(),
                entry.time().plusMillis(1));
    }

    /// Offline, in a copy, by what an earlier audit kept.
    private void named(LogLie.Change change, String what, long serial) throws IOException {
        Path doctored = alliance.ground().path("audit-doctored.log");
        List<Frame> frames = LogLie.read(Bytes.copyOf(Files.readAllBytes(saved)));
        Files.write(doctored, LogLie.written(change.of(frames)).toArray());
        Files.deleteIfExists(Path.of(doctored + ".seal"));
        Files.copy(Path.of(saved + ".seal"), Path.of(doctored + ".seal"));
        assertThatThrownBy(() ->
                        alliance.terminal()
                                .run(
                                        "audit",
                                        alliance.id(),
                                        "--log",
                                        doctored.toString(),
                                        "--keep",
                                        kept.toString()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("BAD_PROOF")
                .hasMessageContaining(what + " at serial " + serial + ":");
    }

    /// By a relay that shows this log.
    private void shown(LogLie.Change change, String what, long serial) throws Exception {
        IdentityDirectory agent =
                IdentityDirectory.open(
                        alliance.identity(Party.BETA), alliance.world().cryptography().get());
        Path relay = alliance.ground().path("relay");
        try (LyingRelay lying = new LyingRelay(relay, alliance.town().relay(), agent.tls())) {
            lying.tells(LogLie.about(alliance.town().alliance(), change));
            assertThatThrownBy(() ->
                            alliance.terminal()
                                    .run(
                                            "audit",
                                            alliance.id(),
                                            "--relay",
                                            lying.address().toString(),
                                            "--relay-certificate",
                                            relay.resolve("relay.pem").toString()))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining(what + " at serial " + serial + ":");
        }
    }
}
