package org.entente.chain.contract.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.contract.Call;
import org.entente.chain.contract.Contract;
import org.entente.chain.contract.Store;
import org.entente.chain.fixture.MemoryChain;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.State;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `docs/vectors/contracts.json` pins what calls of a compiled contract answer and count: another
/// count is another chain. Writing it anew takes `-Dvectors=write`.
final class CountsTest {
    private static final Path FILE = Path.of("..", "..", "docs", "vectors", "contracts.json");
    private static final Path SOURCE = Path.of("..", "..", "docs", "contracts", "Tokens.java");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ISSUER =
            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                    + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    /// One call: its method and arguments.
    private record Asked(String method, String arguments) {}

    /// How it ended and how much the block counted for it.
    private record Ended(String said, long steps) {}

    private static final List<Asked> CALLS =
            List.of(
                    new Asked("issue", Bytes.utf8("100").hex()),
                    new Asked("transfer", ISSUER + Bytes.utf8("30").hex()),
                    new Asked("balance", ISSUER),
                    new Asked("transfer", ISSUER + Bytes.utf8("101").hex()),
                    new Asked("issue", Bytes.utf8("none").hex()),
                    new Asked("other", ""));

    @Test
    void a_compiled_contract_answers_and_counts_as_the_vectors_say() throws IOException {
        if ("write".equals(System.getProperty("vectors"))) {
            write();
        }
        JsonNode vectors = JSON.readTree(Files.readString(FILE));
        Bytes code = Bytes.fromHex(vectors.get("code").asString());
        Contract tokens = new Tokens(Code.FORMAT.decode(code).then(Machine::of).orThrow());
        Draft draft = new Draft(State.EMPTY);
        int index = 0;
        for (JsonNode vector : vectors.get("calls").values()) {
            Asked asked =
                    new Asked(vector.get("method").asString(), vector.get("arguments").asString());
            Ended ended = new Ended(vector.get("ends").asString(), vector.get("steps").asLong());
            assertThat(ended(tokens, asked, draft, index)).as("call " + index).isEqualTo(ended);
            index++;
        }
        assertThat(index).isEqualTo(CALLS.size());
    }

    private record Tokens(Machine machine) implements Contract {
        @Override
        public Name name() {
            return new Name("tokens");
        }

        @Override
        public Parsed<Bytes> call(Call call, Store store) {
            return machine.run(call, store, MemoryChain.VERIFIER);
        }
    }

    private static Ended ended(Contract contract, Asked asked, Draft draft, int index) {
        Position position = new Position(1, index);
        Draft own = new Draft(draft);
        Store store = new Store(contract, own, position);
        Call call =
                new Call(
                        asked.method(),
                        Bytes.fromHex(asked.arguments()),
                        new VerifyingKey(Bytes.fromHex(ISSUER)),
                        Digest.ZERO,
                        MemoryChain.BEGIN,
                        position,
                        Digest.ZERO);
        return switch (contract.call(call, store).then(store::answer)) {
            case Parsed.Value<Bytes>(Bytes answer) -> {
                draft.take(own);
                yield new Ended(answer.hex(), store.spent());
            }
            case Parsed.Refused<Bytes>(Verdict.Rejected why) ->
                    new Ended(why.fault().name(), store.spent());
        };
    }

    private static void write() throws IOException {
        Code code = new Compiled(Map.of("Tokens", Files.readString(SOURCE))).code("Tokens");
        Contract tokens = new Tokens(Machine.of(code).orThrow());
        Draft draft = new Draft(State.EMPTY);
        var root = JSON.createObjectNode();
        root.put(
                "about",
                "docs/contracts/Tokens.java as `code`, and calls of it one after the other by one"
                    + " account (the base point of P-256), each of the zero transaction: how it"
                    + " ends (the bytes of `answer`, or the fault), and what the block counts for"
                    + " it.");
        root.put("code", Code.FORMAT.encode(code).hex());
        var calls = root.putArray("calls");
        for (int index = 0; index < CALLS.size(); index++) {
            Ended ended = ended(tokens, CALLS.get(index), draft, index);
            calls.addObject()
                    .put("method", CALLS.get(index).method())
                    .put("arguments", CALLS.get(index).arguments())
                    .put("ends", ended.said())
                    .put("steps", ended.steps());
        }
        Files.writeString(
                FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }
}
