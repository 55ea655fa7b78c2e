package org.entente.relay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.endorsement.Candidate;
import org.entente.endorsement.KnownEpochs;
import org.entente.endorsement.Receipt;
import org.entente.endorsement.ReceiptCheck;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.FullSequence;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.log.Sealed;
import org.entente.registry.fixture.Member;
import org.entente.runtime.Clock;
import org.entente.runtime.StartRefused;
import org.entente.runtime.fixture.Described;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Exchanges through a real relay: HTTP, links, logs on disk, agents that follow a script.
final class ExchangeTest {
    private static final Bytes ARGUMENTS = Bytes.utf8("arguments");
    private static final String WAIT = "?until=settled";

    private final Story story = Story.begun();
    private final List<ScriptedAgent> agents = new ArrayList<>();

    @TempDir private Path directory;

    private RunningRelay relay;

    @BeforeEach
    void begin() throws Exception {
        relay = RunningRelay.start(directory.resolve("relay"));
        relay.founded(story);
        connect(1);
    }

    private void connect(long term) throws Exception {
        for (Member member : story.members()) {
            agents.add(new ScriptedAgent(relay, story, member, term));
        }
    }

    private void disconnect() {
        agents.forEach(ScriptedAgent::close);
        agents.clear();
    }

    @AfterEach
    void end() {
        disconnect();
        relay.close();
    }

    private RunningRelay.Answer ask(Candidate candidate, List<Bytes> values) throws Exception {
        ScriptedAgent.prepare(candidate);
        for (Bytes value : values) {
            RunningRelay.Answer put =
                    relay.put(
                            agents.getFirst().client,
                            "/v1/payloads/" + Digest.of(value),
                            value,
                            "application/octet-stream");
            assertThat(put.status()).isEqualTo(204);
        }
        return relay.post(
                "/v1/exchanges" + WAIT,
                Asked.FORMAT.encode(new Asked(candidate.sequence().ask(), ARGUMENTS)),
                "wait=20");
    }

    private RunningRelay.Answer settle(String name, int attempt, String order) throws Exception {
        var draft = story.draft(name, attempt, order);
        return ask(draft.candidate(), draft.values());
    }

    @Test
    void an_exchange_is_applied_and_its_receipt_convinces_who_knows_only_the_alliance()
            throws Exception {
        RunningRelay.Answer answer = settle("one", 1, "7");
        assertThat(answer.status()).isEqualTo(202);
        JsonNode status = answer.json();
        assertThat(status.path("state").asString()).isEqualTo("SETTLED");
        assertThat(status.path("outcome").asString()).isEqualTo("APPLIED");
        assertThat(status.path("serial").asLong()).isEqualTo(1);

        String exchange = status.path("exchange").asString();
        JsonNode document = relay.ask("/openapi.json").json();
        new Described(document).fits("Status", status);
        new Described(document).fits("Exchange", relay.ask("/v1/exchanges/" + exchange).json());
        new Described(document)
                .fits("Agents", relay.ask("/v1/alliances/" + story.id() + "/agents").json());
        new Described(document)
                .fits("Parked", relay.ask("/v1/alliances/" + story.id() + "/parked").json());
        RunningRelay.Answer receipt = relay.ask("/v1/exchanges/" + exchange + "/receipt");
        Receipt decoded = Receipt.FORMAT.decode(receipt.body()).orThrow();
        assertThat(decoded.ending()).isPresent();
        Bytes founding = relay.ask("/v1/alliances/" + story.id() + "/epochs/0").body();
        var epochs = KnownEpochs.founded(story.id(), founding).orThrow();
        assertThat(new ReceiptCheck(epochs, Story.VERIFIER).check(decoded).verdict().isAccepted())
                .isTrue();

        RunningRelay.Answer again =
                relay.post("/v1/exchanges", Asked.FORMAT.encode(asked("one")), "");
        assertThat(again.code()).isEqualTo("ATTEMPT_REUSED");
        assertThat(relay.ask("/v1/exchanges/" + exchange).json().path("attempts").size())
                .isEqualTo(1);
        assertThat(relay.ask("/v1/exchanges/" + exchange + "/events").body().asUtf8())
                .startsWith("event: SETTLED");
        assertThat(
                        Sealed.FORMAT
                                .decode(relay.ask("/v1/alliances/" + story.id() + "/seal").body())
                                .verdict()
                                .isAccepted())
                .isTrue();
        assertThat(relay.ask("/metrics").body().asUtf8()).contains("entente_exchanges_settled");
    }

    private Asked asked(String name) {
        return new Asked(story.draft(name, 1).candidate().sequence().ask(), ARGUMENTS);
    }

    @Test
    void a_dry_run_names_who_would_sign_and_asks_nobody() throws Exception {
        RunningRelay.Answer trial =
                relay.post("/v1/exchanges?dry-run=true", Asked.FORMAT.encode(asked("one")), "");
        assertThat(trial.status()).isEqualTo(200);
        new Described(relay.ask("/openapi.json").json()).fits("DryRun", trial.json());
        assertThat(trial.json().path("admitted").asBoolean()).isTrue();
        assertThat(trial.json().path("endorsers").size()).isEqualTo(3);
        assertThat(agents.getFirst().heard).noneMatch(ToAgent.Propose.class::isInstance);
    }

    @Test
    void a_submission_that_somebody_collected_gets_a_signed_promise() throws Exception {
        var draft = story.draft("one", 1);
        Candidate candidate = draft.candidate();
        FullSequence full = new FullSequence(candidate.sequence(), candidate.evidence());
        RunningRelay.Answer without =
                relay.post("/v1/submissions", FullSequence.FORMAT.encode(full), "");
        assertThat(without.code()).isEqualTo("UNBOUND");
        for (Bytes value : draft.values()) {
            relay.put(
                    agents.getFirst().client,
                    "/v1/payloads/" + Digest.of(value),
                    value,
                    "application/octet-stream");
        }
        RunningRelay.Answer answer =
                relay.post("/v1/submissions", FullSequence.FORMAT.encode(full), "");
        assertThat(answer.status()).isEqualTo(202);
        new Described(relay.ask("/openapi.json").json()).fits("Accepted", answer.json());
        assertThat(answer.json().path("submission").asString())
                .isEqualTo(candidate.submissionDigest().hex());
        assertThat(
                        relay.ask(
                                        "/v1/exchanges/" + candidate.exchange() + "?until=settled",
                                        "wait=20")
                                .json()
                                .path("newest")
                                .path("outcome")
                                .asString())
                .isEqualTo("APPLIED");
    }

    @Test
    void a_restart_goes_on_with_the_same_history() throws Exception {
        String exchange = settle("one", 1, "7").json().path("exchange").asString();
        disconnect();
        relay = relay.restarted();
        assertThat(
                        relay.ask("/v1/exchanges/" + exchange)
                                .json()
                                .path("newest")
                                .path("outcome")
                                .asString())
                .isEqualTo("APPLIED");
        connect(2);
        assertThat(settle("two", 1, "8").json().path("outcome").asString()).isEqualTo("APPLIED");
        disconnect();
        relay.close();
        new Relay(
                        RunningRelay.configuration(directory.resolve("relay")),
                        Clock.over(() -> Member.NOW))
                .check();
        relay = relay.restarted();
    }

    @Test
    void a_log_behind_a_seal_does_not_start() throws Exception {
        Path home = directory.resolve("relay");
        disconnect();
        relay.close();
        Path backup = directory.resolve("backup");
        copy(home.resolve("logs"), backup);
        relay = relay.restarted();
        connect(2);
        settle("one", 1, "7");
        disconnect();
        relay.close();
        delete(home.resolve("logs"));
        copy(backup, home.resolve("logs"));
        RunningRelay stopped = relay;
        assertThatThrownBy(stopped::restarted)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("its newest entries are lost")
                .hasMessageContaining("nothing was changed");
        delete(home.resolve("logs"));
        delete(home.resolve("seals"));
        copy(backup, home.resolve("logs"));
        relay = relay.restarted();
    }

    @Test
    void the_newer_of_two_processes_with_one_key_displaces_the_older() throws Exception {
        ScriptedAgent older = agents.getFirst();
        try (ScriptedAgent newer = new ScriptedAgent(relay, story, older.member, 7)) {
            assertThat(older.ends.poll(20, TimeUnit.SECONDS)).contains("SESSION_DISPLACED");
            assertThat(newer.ends).isEmpty();
            try (ScriptedAgent late = new ScriptedAgent(relay, story, older.member, 3)) {
                assertThat(late.ends.poll(20, TimeUnit.SECONDS)).contains("SESSION_DISPLACED");
            }
        }
    }

    @Test
    void payloads_are_for_members_and_are_what_their_digest_says() throws Exception {
        Bytes value = Bytes.utf8("value");
        String path = "/v1/payloads/" + Digest.of(value);
        assertThat(relay.ask(path).code()).isEqualTo("CERTIFICATE_REQUIRED");
        var client = agents.getFirst().client;
        assertThat(relay.ask(client, path).code()).isEqualTo("NOT_FOUND");
        assertThat(relay.put(client, path, Bytes.utf8("other"), "application/octet-stream").code())
                .isEqualTo("UNBOUND");
        assertThat(relay.put(client, path, value, "application/octet-stream").status())
                .isEqualTo(204);
        assertThat(relay.ask(client, path).body()).isEqualTo(value);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
