package org.entente.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.client.fixture.RelayTwin;
import org.entente.client.fixture.Terminal;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/// A relay that lies is caught by who reads its log.
class LogFollowerTest {
    private static final Patience HASTE =
            new Patience(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(1),
                    Duration.ofMillis(4));

    @TempDir private Path folder;
    private RelayTwin relay;
    private RelayClient client;

    @BeforeEach
    void start() throws Exception {
        relay = new RelayTwin(folder);
        for (String name : List.of("alpha", "beta")) {
            Path home = folder.resolve(name);
            Terminal.run("org", "init", name + ".example", "--directory", home);
            Terminal.Ended joined =
                    Terminal.run(
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
            assertThat(joined.exit()).as(joined.all()).isZero();
        }
        client =
                RelayClient.of(
                        RememberedRelay.place(URI.create(relay.url()), relay.certificate()),
                        HASTE,
                        new SecureRandom());
    }

    @AfterEach
    void stop() {
        client.close();
        relay.close();
    }

    private RegistryCopy copy() {
        return new RegistryCopy(client, Terminal.CRYPTOGRAPHY.verifier(), _ -> {});
    }

    private void refusedAs(Fault fault) {
        assertThatThrownBy(() -> copy().refresh((_, _) -> {}))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.problem().code())
                                        .as(refused.message())
                                        .isEqualTo(fault.name()));
    }

    @Test
    void an_honest_log_folds_to_what_the_relay_has() throws Exception {
        assertThat(copy().refresh((_, _) -> {}).digest()).isEqualTo(relay.registry().digest());
    }

    @Test
    void another_root_is_a_lie() {
        relay.wrongRoot = true;
        refusedAs(Fault.BAD_PROOF);
    }

    @Test
    void a_left_out_entry_is_a_lie() {
        relay.lie = frames -> frames.slice(first(frames), frames.size());
        refusedAs(Fault.BAD_PROOF);
    }

    @Test
    void an_empty_answer_is_a_lie() {
        relay.lie = _ -> Bytes.EMPTY;
        refusedAs(Fault.BAD_PROOF);
    }

    @Test
    void a_torn_answer_is_refused() {
        relay.lie = frames -> frames.slice(0, frames.size() - 1);
        refusedAs(Fault.MALFORMED);
    }

    @Test
    void a_flipped_bit_in_a_signature_is_refused() {
        relay.lie =
                frames -> {
                    byte[] bytes = frames.toArray();
                    bytes[first(frames) - 1] ^= 1;
                    return Bytes.copyOf(bytes);
                };
        assertThatThrownBy(() -> copy().refresh((_, _) -> {})).isInstanceOf(Refused.class);
    }

    @Test
    void an_overloaded_relay_is_asked_again_within_the_time() throws Exception {
        relay.moods.addAll(List.of(RelayTwin.Mood.OVERLOADED, RelayTwin.Mood.OVERLOADED));
        assertThat(client.head("registry").size()).isEqualTo(2);
        assertThat(relay.moods).isEmpty();
    }

    @Test
    void an_endless_answer_fills_no_memory() {
        relay.moods.add(RelayTwin.Mood.ENDLESS);
        assertThatThrownBy(() -> client.head("registry"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("TOO_LARGE"));
    }

    @Test
    void a_problem_keeps_its_code_and_loses_control_characters() {
        Problem problem =
                Problem.parse(
                        409,
                        Bytes.utf8("{\"code\":\"OUTDATED\",\"detail\":\"a\\u001b[2Jb\",\"x\":1}"));
        assertThat(problem.code()).isEqualTo("OUTDATED");
        assertThat(problem.detail()).isEqualTo("a [2Jb");
        assertThat(problem.next()).isEqualTo(Fault.OUTDATED.next());
        assertThat(Problem.parse(502, Bytes.utf8("<html>")).code()).isEqualTo("HTTP_502");
    }

    /// Where the first record ends.
    private static int first(Bytes frames) {
        int at = 0;
        for (int part = 0; part < 3; part++) {
            at += 4 + frames.asBuffer().getInt(at);
        }
        return at;
    }
}
