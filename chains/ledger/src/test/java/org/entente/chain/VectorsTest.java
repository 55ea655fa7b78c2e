package org.entente.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.contract.Answer;
import org.entente.chain.contract.sandbox.Code;
import org.entente.chain.contract.sandbox.Deployed;
import org.entente.chain.contract.sandbox.Deployment;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.State;
import org.entente.chain.state.StateKey;
import org.entente.chain.state.StateLeaf;
import org.entente.chain.state.StateProof;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Format;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// `docs/vectors/ledger.json` pins the encodings of docs/ledger.md §1 and a state's root. Writing
/// it anew takes `-Dvectors=write` and is a change of the format.
final class VectorsTest {
    private static final Path FILE = Path.of("..", "..", "docs", "vectors", "ledger.json");
    private static final JsonMapper JSON = new JsonMapper();

    /// The base point of P-256, so that no private key is needed.
    private static final VerifyingKey KEY =
            new VerifyingKey(
                    Bytes.fromHex(
                            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                                + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));

    private record Sample<T>(String name, Format<T> format, T value) {
        Bytes bytes() {
            return format.encode(value);
        }
    }

    @Test
    void every_object_and_the_root_of_a_state_are_those_of_the_vectors() throws IOException {
        if ("write".equals(System.getProperty("vectors"))) {
            write();
        }
        JsonNode vectors = JSON.readTree(Files.readString(FILE));
        assertThat(vectors.at("/stateRoot").asString()).isEqualTo(state().root().hex());
        assertThat(vectors.at("/objects").size()).isEqualTo(samples().size());
        samples().forEach(sample -> compare(sample, vectors));
    }

    @Test
    void a_mutated_object_is_refused_or_is_the_one_encoding_of_another() {
        Random random = new Random(1);
        for (Sample<?> sample : samples()) {
            for (int count = 0; count < 500; count++) {
                mutate(sample, random);
            }
        }
    }

    private static <T> void mutate(Sample<T> sample, Random random) {
        byte[] bytes = sample.bytes().toArray();
        for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Bytes mutated = Bytes.copyOf(bytes, 0, bytes.length - random.nextInt(2));
        if (sample.format().decode(mutated) instanceof Parsed.Value<T>(T value)) {
            assertThat(sample.format().encode(value)).as(sample.name()).isEqualTo(mutated);
        }
    }

    private static <T> void compare(Sample<T> sample, JsonNode vectors) {
        JsonNode vector = vectors.at("/objects/" + sample.name());
        Bytes bytes = Bytes.fromHex(vector.get("bytes").asString());
        assertThat(sample.bytes()).as(sample.name()).isEqualTo(bytes);
        assertThat(Digest.of(bytes).hex()).isEqualTo(vector.get("digest").asString());
        assertThat(sample.format().decode(bytes)).isEqualTo(Parsed.of(sample.value()));
        assertThat(sample.format().decode(bytes.concat(Bytes.utf8("x"))))
                .isInstanceOf(Parsed.Refused.class);
    }

    private static void write() throws IOException {
        var root = JSON.createObjectNode();
        root.put(
                "about",
                "Objects of docs/ledger.md §1 as canonical bytes (hex) with their SHA-256 digest,"
                    + " and the root of a state with the keys orders/0 to orders/9, values v0 to"
                    + " v9, written at height 1, index 0 to 9, orders/3 deleted at height 2.");
        root.put("stateRoot", state().root().hex());
        var objects = root.putObject("objects");
        for (Sample<?> sample : samples()) {
            var vector = objects.putObject(sample.name());
            vector.put("purpose", sample.format().purpose().tag());
            vector.put("bytes", sample.bytes().hex());
            vector.put("digest", Digest.of(sample.bytes()).hex());
        }
        Files.writeString(
                FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private static State state() {
        Draft draft = new Draft(State.EMPTY);
        for (int number = 0; number < 10; number++) {
            draft.put(key(number), new Position(1, number).version(), Bytes.utf8("v" + number));
        }
        draft.delete(key(3), new Position(2, 0).version());
        return State.EMPTY.with(draft.written());
    }

    private static StateKey key(int number) {
        return StateKey.own(Bytes.utf8("orders/" + number));
    }

    private static Transaction with(Transaction transaction, Action action) {
        return new Transaction(
                transaction.chain(), transaction.account(), transaction.nonce(), action);
    }

    /// One of each clause and of each effect.
    private static Pact pact() {
        Clause.Where own = new Clause.Where("", Bytes.utf8("stock"));
        Clause.Where delivered = new Clause.Where("inbox-customs", Bytes.utf8("declared/7"));
        return new Pact(
                Instant.parse("2027-01-01T00:00:00Z"),
                List.of(
                        new Clause.Holds(delivered, Bytes.utf8("cleared")),
                        new Clause.Exists(delivered),
                        new Clause.Absent(own),
                        new Clause.AtLeast(own, new Whole(7)),
                        new Clause.AtMost(own, new Whole(-7)),
                        new Clause.Since(Instant.parse("2026-12-01T00:00:00Z"))),
                List.of(
                        new Effect.Put(Bytes.utf8("orders/7"), Bytes.utf8("shipped")),
                        new Effect.Delete(Bytes.utf8("waiting/7")),
                        new Effect.Add(Bytes.utf8("stock"), new Whole(-7))));
    }

    private static List<Sample<?>> called(Transaction put) {
        Action.Call call =
                new Action.Call(
                        new Name("orders"),
                        "accept",
                        Bytes.utf8("7"),
                        Optional.of(Instant.parse("2027-01-01T00:00:00Z")));
        Answer answer =
                new Answer(
                        Bytes.utf8("accepted"),
                        List.of(new Answer.Emitted(new Name("order.accepted"), Bytes.utf8("7"))));
        Code code = new Code("Orders", List.of(Bytes.utf8("a class"), Bytes.utf8("another")));
        return List.of(
                new Sample<>("tx-call", Transaction.FORMAT, with(put, call)),
                new Sample<>("answer", Answer.FORMAT, answer),
                new Sample<>("code", Code.FORMAT, code),
                new Sample<>(
                        "deployment",
                        Deployment.FORMAT,
                        new Deployment(call.contract(), Code.FORMAT.encode(code))),
                new Sample<>(
                        "deployed", Deployed.FORMAT, new Deployed(KEY, Code.FORMAT.digest(code))),
                new Sample<>(
                        "key-store",
                        StateKey.FORMAT,
                        StateKey.store(call.contract(), Bytes.utf8("7"))));
    }

    private static List<Sample<?>> samples() {
        Genesis genesis =
                new Genesis(
                        new ChainId("solo:orders"),
                        Solo.NAME,
                        KEY,
                        Sorted.copyOf(List.of(KEY)),
                        Sorted.copyOf(List.of(KEY)),
                        Instant.parse("2026-11-21T10:30:15Z"),
                        Bytes.utf8("settings"));
        Transaction put =
                new Transaction(
                        genesis.chain(),
                        KEY,
                        7,
                        new Action.Put(
                                Bytes.utf8("orders/1"), Optional.empty(), Bytes.utf8("value")));
        byte[] ones = new byte[Signature.SIZE_BYTES];
        ones[31] = 1;
        ones[63] = 1;
        SignedTransaction signed = new SignedTransaction(put, new Signature(Bytes.copyOf(ones)));
        Receipt receipt =
                new Receipt(put.id(), Receipt.Status.DONE, 0, new Position(1, 0).version().bytes());
        Header header = Ledger.first(genesis, Governance.NONE);
        CertifiedHeader certified = new CertifiedHeader(header, Bytes.copyOf(ones));
        StateLeaf leaf = state().prove(key(1)).leaf().orElseThrow();
        List<Sample<?>> samples = new ArrayList<>();
        samples.add(new Sample<>("genesis", Genesis.FORMAT, genesis));
        samples.add(new Sample<>("tx", Transaction.FORMAT, put));
        samples.add(new Sample<>("pact", Pact.Standing.FORMAT, new Pact.Standing(KEY, pact())));
        samples.add(
                new Sample<>("tx-agree", Transaction.FORMAT, with(put, new Action.Agree(pact()))));
        samples.add(
                new Sample<>(
                        "tx-fulfil", Transaction.FORMAT, with(put, new Action.Fulfil(put.id()))));
        samples.add(
                new Sample<>(
                        "tx-withdraw",
                        Transaction.FORMAT,
                        with(put, new Action.Withdraw(put.id()))));
        samples.addAll(called(put));
        samples.add(new Sample<>("signed-tx", SignedTransaction.FORMAT, signed));
        samples.add(new Sample<>("batch", Batch.FORMAT, new Batch(List.of(signed, signed))));
        samples.add(new Sample<>("receipt", Receipt.FORMAT, receipt));
        samples.add(new Sample<>("header", Header.FORMAT, header));
        samples.add(new Sample<>("certified-header", CertifiedHeader.FORMAT, certified));
        samples.add(
                new Sample<>(
                        "block",
                        Block.FORMAT,
                        new Block(certified, List.of(signed), List.of(receipt))));
        samples.add(new Sample<>("key", StateKey.FORMAT, key(1)));
        samples.add(new Sample<>("leaf", StateLeaf.FORMAT, leaf));
        samples.add(new Sample<>("proof-present", StateProof.FORMAT, state().prove(key(1))));
        samples.add(new Sample<>("proof-deleted", StateProof.FORMAT, state().prove(key(3))));
        samples.add(new Sample<>("proof-absent", StateProof.FORMAT, state().prove(key(10))));
        return samples;
    }
}
