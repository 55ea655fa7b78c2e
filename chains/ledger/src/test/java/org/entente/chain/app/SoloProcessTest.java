package org.entente.chain.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.Batch;
import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Clause;
import org.entente.chain.Effect;
import org.entente.chain.Genesis;
import org.entente.chain.Pact;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Solo;
import org.entente.chain.contract.sandbox.Deployment;
import org.entente.chain.contract.sandbox.JavaContracts;
import org.entente.chain.fixture.Caller;
import org.entente.chain.fixture.MemoryChain;
import org.entente.chain.fixture.SoloChild;
import org.entente.chain.inbox.Records;
import org.entente.chain.state.StateKey;
import org.entente.chain.state.StateLeaf;
import org.entente.chain.state.StateProof;
import org.entente.endorsement.Candidate;
import org.entente.endorsement.fixture.Draft;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.Verdict;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.log.Settlement;
import org.entente.runtime.fixture.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// A real process, over HTTP alone, killed and started again. Each test has a process of its own
/// and mostly waits for it, so they run side by side.
@Execution(ExecutionMode.CONCURRENT)
final class SoloProcessTest {
    private static final ChainId ORDERS = new ChainId("solo:orders");
    private static final Signer OWNER = MemoryChain.freshSigner();
    private static final Signer ACCOUNT = MemoryChain.freshSigner();

    /// Chains as they are before their first start: making one takes a process.
    @TempDir private static Path made;

    private static final ReentrantLock MAKING = new ReentrantLock();

    @TempDir private Path home;

    @Test
    void all_mistakes_of_a_configuration_are_told_together_and_a_chain_is_made_once()
            throws Exception {
        Path wrong = home.resolve("wrong.conf");
        Files.writeString(wrong, "process = solo\nlisten = nowhere\nowner = 12\nshape = round\n");
        Child.Said said = SoloChild.run(home, "solo", "--config", wrong.toString());
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.text())
                .contains("listen:", "owner:", "unknown key shape", "chain is missing");

        Path file = configuration(new ChainId("solo:orders"));
        assertThat(SoloChild.run(home, "--config", file.toString()).text()).contains("--init");
        assertThat(SoloChild.run(home, "--init", "--config", file.toString()).exitCode()).isZero();
        Child.Said again = SoloChild.run(home, "--init", "--config", file.toString());
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.text()).contains("holds a chain already");
        Files.writeString(file, Files.readString(file).replace("solo:orders", "solo:others"));
        assertThat(SoloChild.run(home, "--config", file.toString()).text())
                .contains("holds the chain solo:orders");
    }

    @Test
    void what_was_answered_survives_a_kill_and_is_answered_the_same() throws Exception {
        ChainId chain = ORDERS;
        Path file = begun(chain);
        List<SignedTransaction> sent = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            try (Child child = SoloChild.start(file);
                    Caller caller = new Caller(child.address(), chain)) {
                for (SignedTransaction each : sent) {
                    Caller.Answer before = caller.post(each);
                    assertThat(before.status()).isEqualTo(200);
                    assertThat(before.text("status")).isEqualTo("DONE");
                }
                for (int number = 0; number < 15; number++) {
                    SignedTransaction signed =
                            caller.signed(ACCOUNT, sent.size(), put("key/" + sent.size()));
                    assertThat(caller.post(signed).text("status")).isEqualTo("DONE");
                    sent.add(signed);
                }
                assertThat(caller.get("/v1/status").json().at("/head/height").asLong())
                        .isEqualTo(sent.size());
                child.kill();
            }
        }
        try (Child child = SoloChild.start(file);
                Caller caller = new Caller(child.address(), chain)) {
            assertThat(caller.get("/v1/accounts/" + ACCOUNT.key()).json().at("/nonce").asLong())
                    .isEqualTo(45);
            assertThat(child.stop()).isZero();
        }
    }

    @Test
    void many_accounts_share_blocks_and_each_gets_its_own_receipt() throws Exception {
        ChainId chain = ORDERS;
        try (Child child = SoloChild.start(begun(chain));
                Caller caller = new Caller(child.address(), chain);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Signer> accounts = new ArrayList<>();
            for (int number = 0; number < 20; number++) {
                Signer each = MemoryChain.freshSigner();
                accounts.add(each);
                caller.post(caller.signed(OWNER, number, new Action.Admit(each.key())));
            }
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (Signer each : accounts) {
                tasks.add(() -> {
                    int done = 0;
                    for (int nonce = 0; nonce < 10; nonce++) {
                        Action put =
                                put("key/" + each.key().bytes().hex().substring(0, 16) + nonce);
                        var answer = caller.post(caller.signed(each, nonce, put));
                        done += answer.text("status").equals("DONE") ? 1 : 0;
                    }
                    return done;
                });
            }
            int done = 0;
            for (var task : threads.invokeAll(tasks)) {
                done += task.get();
            }
            assertThat(done).isEqualTo(200);
            long height = caller.get("/v1/status").json().at("/head/height").asLong();
            assertThat(height).isLessThan(220);
        }
    }

    @Test
    void of_many_in_one_request_each_has_its_own_end() throws Exception {
        try (Child child = SoloChild.start(begun(ORDERS));
                Caller caller = new Caller(child.address(), ORDERS)) {
            SignedTransaction before = caller.signed(ACCOUNT, 0, put("a"));
            caller.post(before);
            Batch batch =
                    new Batch(
                            List.of(
                                    before,
                                    caller.signed(ACCOUNT, 1, put("b")),
                                    caller.signed(
                                            ACCOUNT,
                                            2,
                                            new Action.Delete(Bytes.utf8("c"), Optional.empty())),
                                    caller.signed(MemoryChain.freshSigner(), 0, put("d")),
                                    caller.signed(ACCOUNT, 3, put("e"))));
            Caller.Answer answer = caller.post(batch);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(statuses(answer))
                    .containsExactly("DONE", "DONE", "FAILED", "REFUSED", "DONE");
            assertThat(answer.json().get(2).path("code").asString()).isEqualTo("NOT_FOUND");
            assertThat(answer.json().get(3).path("code").asString()).isEqualTo("UNKNOWN_ACCOUNT");
            assertThat(answer.json().get(0).path("height").asLong()).isEqualTo(1);
            assertThat(statuses(caller.post(batch))).isEqualTo(statuses(answer));
            Caller.Answer waiting =
                    caller.post(
                            new Batch(List.of(caller.signed(ACCOUNT, 5, put("f")))),
                            "prefer",
                            "respond-async");
            assertThat(waiting.status()).isEqualTo(202);
            assertThat(statuses(waiting)).containsExactly("WAITING");
            assertThat(caller.post(Bytes.utf8("no batch")).status()).isEqualTo(400);
        }
    }

    private static List<String> statuses(Caller.Answer answer) {
        List<String> statuses = new ArrayList<>();
        answer.json().forEach(each -> statuses.add(each.path("status").asString()));
        return statuses;
    }

    @Test
    void an_outsider_verifies_state_headers_and_blocks_from_the_genesis_alone() throws Exception {
        ChainId chain = ORDERS;
        try (Child child = SoloChild.start(begun(chain));
                Caller caller = new Caller(child.address(), chain)) {
            caller.post(caller.signed(ACCOUNT, 0, put("orders/1")));
            caller.post(caller.signed(ACCOUNT, 1, put("orders/2")));
            Genesis genesis = Genesis.FORMAT.decode(caller.bytes("/v1/genesis")).orThrow();
            assertThat(caller.get("/v1/status").text("genesis")).isEqualTo(genesis.digest().hex());
            for (String key : List.of("orders/1", "orders/2", "orders/3")) {
                StateKey place = StateKey.own(Bytes.utf8(key));
                Caller.Answer answer = caller.get("/v1/state?proof=true&key=" + place.key().hex());
                Optional<StateLeaf> leaf = proved(answer, place, genesis);
                assertThat(leaf.isPresent()).isEqualTo(!key.equals("orders/3"));
                leaf.ifPresent(
                        it -> assertThat(it.value()).contains(Digest.of(Bytes.utf8("value"))));
            }
            String one = StateKey.FORMAT.encode(StateKey.own(Bytes.utf8("orders/1"))).hex();
            Caller.Answer both = caller.json("/v1/proofs", "{\"keys\": [\"" + one + "\"]}");
            assertThat(both.json().at("/shown/0/value").asString()).hasSize(2 * "value".length());
            Block block = Block.FORMAT.decode(caller.bytes("/v1/blocks/2")).orThrow();
            assertThat(block.certified().header().digest().hex())
                    .isEqualTo(caller.get("/v1/headers/2").text("digest"));
            assertThat(caller.get("/v1/blocks/9").status()).isEqualTo(404);
            assertThat(caller.get("/v1/headers/x").status()).isEqualTo(422);

            String prefix = Bytes.utf8("orders/").hex();
            Caller.Answer latest =
                    caller.json(
                            "/v1/calls",
                            "{\"function\": \"latest\", \"prefix\": \"" + prefix + "\"}");
            assertThat(latest.text("result")).isEqualTo(Bytes.utf8("value").hex());
            assertThat(latest.json().at("/reads").size()).isEqualTo(2);
            assertThat(
                            caller.json(
                                            "/v1/calls",
                                            "{\"function\": \"sum\", \"prefix\": \""
                                                    + prefix
                                                    + "\"}")
                                    .text("code"))
                    .isEqualTo("INVALID_VALUE");
        }
    }

    @Test
    void each_refusal_has_its_code() throws Exception {
        ChainId chain = ORDERS;
        try (Child child = SoloChild.start(begun(chain));
                Caller caller = new Caller(child.address(), chain);
                Caller other = new Caller(child.address(), new ChainId("solo:other"))) {
            Action put = put("key");
            Signer stranger = MemoryChain.freshSigner();
            assertThat(code(caller.post(caller.signed(stranger, 0, put))))
                    .isEqualTo("UNKNOWN_ACCOUNT");
            assertThat(code(caller.post(other.signed(ACCOUNT, 0, put)))).isEqualTo("WRONG_CHAIN");
            assertThat(code(caller.post(caller.signed(ACCOUNT, 5_000, put))))
                    .isEqualTo("NONCE_AHEAD");
            assertThat(code(caller.post(Bytes.utf8("garbage")))).isEqualTo("MALFORMED");
            SignedTransaction sound = caller.signed(ACCOUNT, 0, put);
            assertThat(
                            code(
                                    caller.post(
                                            new SignedTransaction(
                                                    sound.transaction(),
                                                    caller.signed(stranger, 0, put).signature()))))
                    .isEqualTo("BAD_SIGNATURE");
            Caller.Answer waiting = caller.post(sound, "prefer", "respond-async");
            assertThat(waiting.status()).isEqualTo(202);
            assertThat(caller.post(sound).text("status")).isEqualTo("DONE");
            assertThat(caller.get("/v1/transactions/" + sound.transaction().id()).text("height"))
                    .isEqualTo("1");
            assertThat(code(caller.post(caller.signed(ACCOUNT, 0, put("another")))))
                    .isEqualTo("NONCE_USED");
            Caller.Answer failed =
                    caller.post(caller.signed(ACCOUNT, 1, new Action.Admit(stranger.key())));
            assertThat(failed.text("status")).isEqualTo("FAILED");
            assertThat(failed.text("code")).isEqualTo("NOT_YOURS");
            assertThat(failed.text("detail")).contains("owner");
            assertThat(caller.get("/v1/transactions/" + Digest.ZERO).status()).isEqualTo(404);
            assertThat(caller.get("/v1/inbox/nowhere").status()).isEqualTo(404);
            assertThat(caller.get("/v1/accounts/" + stranger.key()).status()).isEqualTo(403);
        }
    }

    @Test
    void events_bring_every_block_from_a_height_on_and_the_heart_beats() throws Exception {
        ChainId chain = ORDERS;
        try (Child child = SoloChild.start(begun(chain));
                Caller caller = new Caller(child.address(), chain)) {
            caller.post(caller.signed(ACCOUNT, 0, put("a")));
            caller.post(caller.signed(ACCOUNT, 1, put("b")));
            var response = caller.lines("/v1/events?from=1");
            assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
            var lines = response.body().iterator();
            assertThat(next(lines, "id: ")).isEqualTo("id: 1");
            assertThat(next(lines, "id: ")).isEqualTo("id: 2");
            assertThat(next(lines, ": ")).isEqualTo(": alive");
            caller.post(caller.signed(ACCOUNT, 2, put("c")));
            assertThat(next(lines, "id: ")).isEqualTo("id: 3");
            assertThat(next(lines, "data: ")).contains("\"height\":3");
            assertThat(child.stop()).isZero();
        }
    }

    @Test
    void the_node_fulfils_a_pact_as_soon_as_a_block_makes_it_ripe_and_over_a_kill()
            throws Exception {
        ChainId chain = ORDERS;
        Path file = begun(chain);
        SignedTransaction agree;
        try (Child child = SoloChild.start(file);
                Caller caller = new Caller(child.address(), chain)) {
            agree = caller.signed(ACCOUNT, 0, new Action.Agree(whenPaid("first")));
            assertThat(caller.post(agree).text("status")).isEqualTo("DONE");
            Caller.Answer shown = caller.get("/v1/pacts/" + agree.transaction().id());
            assertThat(shown.json().at("/pact/ripe").asBoolean()).isFalse();
            assertThat(shown.json().at("/pact/why").asString()).contains("clause 0");
            assertThat(shown.json().at("/pact/clauses/0/kind").asString()).isEqualTo("holds");
            Genesis genesis = Genesis.FORMAT.decode(caller.bytes("/v1/genesis")).orThrow();
            StateKey place = StateKey.pact(agree.transaction().id());
            assertThat(proved(shown, place, genesis)).isPresent();
            child.kill();
        }
        try (Child child = SoloChild.start(file);
                Caller caller = new Caller(child.address(), chain)) {
            assertThat(caller.get("/v1/pacts").json().at("/pacts").size()).isEqualTo(1);
            caller.post(caller.signed(ACCOUNT, 1, put("paid")));
            var lines = caller.lines("/v1/events?from=3").body().iterator();
            assertThat(next(lines, "id: ")).isEqualTo("id: 3");
            String done = Bytes.utf8("first").hex();
            assertThat(caller.get("/v1/state?key=" + done).text("value"))
                    .isEqualTo(Bytes.utf8("shipped").hex());
            assertThat(caller.get("/v1/pacts").json().at("/pacts").size()).isZero();
            assertThat(caller.get("/v1/pacts/" + agree.transaction().id()).status()).isEqualTo(404);
            assertThat(caller.get("/v1/pacts/none").status()).isEqualTo(422);
            // Ripe when it is made: nothing else has to happen.
            caller.post(caller.signed(ACCOUNT, 2, new Action.Agree(whenPaid("second"))));
            assertThat(next(lines, "id: 5")).isEqualTo("id: 5");
            assertThat(child.stop()).isZero();
        }
    }

    private static Pact whenPaid(String done) {
        return new Pact(
                Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(Duration.ofHours(1)),
                List.of(
                        new Clause.Holds(
                                new Clause.Where("", Bytes.utf8("paid")), Bytes.utf8("value"))),
                List.of(new Effect.Put(Bytes.utf8(done), Bytes.utf8("shipped"))));
    }

    @Test
    void an_inbox_takes_a_delivery_and_its_outcome_is_proved_to_an_observer() throws Exception {
        Story story = Story.begun();
        ChainId chain = story.destination();
        try (Child child = SoloChild.start(begun(chain));
                Caller caller = new Caller(child.address(), chain)) {
            caller.post(
                    caller.signed(
                            OWNER,
                            0,
                            new Action.Found(Story.INBOX, story.log().getFirst().content())));
            Draft draft = story.draft("one", 1);
            Candidate candidate = draft.candidate();
            long serial = story.order(candidate).serial();
            Bytes delivery =
                    Delivery.FORMAT.encode(story.delivery(serial, candidate, draft.values()));
            Action bring = new Action.Bring(Action.Notice.DELIVERY, Story.INBOX, delivery);
            Caller.Answer answer = caller.post(caller.signed(ACCOUNT, 0, bring));
            Settlement applied = story.settlement(serial, Settlement.End.APPLIED, 0);
            assertThat(answer.text("result")).isEqualTo(Settlement.FORMAT.encode(applied).hex());

            Caller.Answer outcome = caller.get("/v1/inbox/" + Story.INBOX + "/outcomes/" + serial);
            assertThat(outcome.text("end")).isEqualTo("APPLIED");
            Genesis genesis = Genesis.FORMAT.decode(caller.bytes("/v1/genesis")).orThrow();
            assertThat(proved(outcome, Records.outcomeKey(Story.INBOX, serial), genesis))
                    .isPresent()
                    .get()
                    .extracting(StateLeaf::value)
                    .isEqualTo(Optional.of(Digest.of(Settlement.FORMAT.encode(applied))));
            Caller.Answer absent =
                    caller.get("/v1/inbox/" + Story.INBOX + "/outcomes/" + (serial + 1));
            assertThat(proved(absent, Records.outcomeKey(Story.INBOX, serial + 1), genesis))
                    .isEmpty();
            Caller.Answer inbox = caller.get("/v1/inbox/" + Story.INBOX);
            assertThat(inbox.text("alliance")).isEqualTo(story.id().toString());
            assertThat(inbox.json().at("/epochs").size()).isEqualTo(1);
            String key = story.delivered("7").key().hex();
            assertThat(
                            caller.get("/v1/state?namespace=" + Story.INBOX + "&key=" + key)
                                    .text("version"))
                    .isEqualTo("%016x".formatted(serial));
        }
    }

    @Test
    void a_contract_in_java_is_brought_and_called_and_what_it_keeps_is_proved() throws Exception {
        JsonNode vectors =
                new JsonMapper().readTree(Path.of("..", "..", "docs", "vectors", "contracts.json"));
        Name tokens = new Name("tokens");
        Bytes code = Bytes.fromHex(vectors.get("code").asString());
        Bytes deployment = Deployment.FORMAT.encode(new Deployment(tokens, code));
        try (Child child = SoloChild.start(begun(ORDERS));
                Caller caller = new Caller(child.address(), ORDERS)) {
            Action deploy =
                    new Action.Call(JavaContracts.CODE, "deploy", deployment, Optional.empty());
            assertThat(code(caller.post(caller.signed(ACCOUNT, 0, deploy)))).isEqualTo("NOT_YOURS");
            assertThat(caller.post(caller.signed(OWNER, 0, deploy)).text("status"))
                    .isEqualTo("DONE");
            Action issue = new Action.Call(tokens, "issue", Bytes.utf8("100"), Optional.empty());
            assertThat(caller.post(caller.signed(OWNER, 1, issue)).text("status"))
                    .isEqualTo("DONE");
            Bytes key = Bytes.utf8("issuer");
            Caller.Answer kept =
                    caller.get("/v1/state?contract=tokens&proof=true&key=" + key.hex());
            assertThat(kept.text("value")).isEqualTo(OWNER.key().bytes().hex());
            Genesis genesis = Genesis.FORMAT.decode(caller.bytes("/v1/genesis")).orThrow();
            assertThat(proved(kept, StateKey.store(tokens, key), genesis).orElseThrow().value())
                    .contains(Digest.of(OWNER.key().bytes()));
        }
    }

    /// What the answer's proof says under the answer's header, which must be one of the chain.
    private static Optional<StateLeaf> proved(
            Caller.Answer answer, StateKey place, Genesis genesis) {
        CertifiedHeader header =
                CertifiedHeader.FORMAT.decode(Bytes.fromHex(answer.text("header"))).orThrow();
        assertThat(Solo.check(header, genesis, MemoryChain.VERIFIER)).isEqualTo(Verdict.accepted());
        return StateProof.FORMAT
                .decode(Bytes.fromHex(answer.text("proof")))
                .then(proof -> proof.verify(place, header.header().stateRoot()))
                .orThrow();
    }

    private static String next(java.util.Iterator<String> lines, String beginning) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended before " + beginning);
    }

    private static String code(Caller.Answer answer) {
        return answer.text("code");
    }

    private static Action put(String key) {
        return new Action.Put(Bytes.utf8(key), Optional.empty(), Bytes.utf8("value"));
    }

    private Path begun(ChainId chain) throws IOException, InterruptedException {
        Path file = configuration(chain);
        Path fresh = made.resolve(chain.toString().replace(':', '-'));
        MAKING.lock();
        try {
            if (!Files.exists(fresh)) {
                Child.Said said = SoloChild.run(home, "--init", "--config", file.toString());
                assertThat(said.exitCode()).as(said.text()).isZero();
                copy(home.resolve("chain"), fresh);
                return file;
            }
        } finally {
            MAKING.unlock();
        }
        copy(fresh, home.resolve("chain"));
        return file;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private Path configuration(ChainId chain) throws IOException {
        Path file = home.resolve("solo.conf");
        Files.writeString(
                file,
                """
                process = solo
                listen = 127.0.0.1:0
                tls = off
                directory = chain
                chain = %s
                owner = %s
                accounts = %s
                snapshot.blocks = 10
                events.heartbeat = 200ms
                """
                        .formatted(chain, OWNER.key(), ACCOUNT.key()));
        return file;
    }
}
