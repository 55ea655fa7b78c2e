package org.entente.adapter.own;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.adapter.own.fixture.SoloNode;
import org.entente.certs.Signer;
import org.entente.chain.Solo;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.chain.state.Area;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.State;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Format;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// The light client against the chain's vectors and against the chain's own code.
final class LightClientTest {
    private static final Path VECTORS = Path.of("../../docs/vectors/ledger.json");
    private static final Verifiers VERIFIERS =
            Verifiers.of(SoloNode.CRYPTOGRAPHY, SoloNode.CRYPTOGRAPHY.verifier());
    private static final Bytes VALUE = Bytes.utf8("v1");
    private final Signer creator = SoloNode.freshSigner();
    private final ChainId chain = new ChainId("solo:orders");

    @Test
    void the_chains_vectors_are_read_and_written_byte_for_byte() throws IOException {
        JsonNode vectors = vectors();
        same(vectors, "genesis", Genesis.FORMAT);
        same(vectors, "header", Header.FORMAT);
        same(vectors, "certified-header", CertifiedHeader.FORMAT);
        same(vectors, "key", StateKey.FORMAT);
        same(vectors, "leaf", StateLeaf.FORMAT);
        same(vectors, "proof-present", StateProof.FORMAT);
        same(vectors, "proof-deleted", StateProof.FORMAT);
        same(vectors, "proof-absent", StateProof.FORMAT);
    }

    private static <T> void same(JsonNode vectors, String name, Format<T> format) {
        JsonNode vector = vectors.at("/objects/" + name);
        Bytes bytes = Bytes.fromHex(vector.path("bytes").asString());
        T value = format.decode(bytes).orThrow();
        assertThat(format.encode(value)).as(name).isEqualTo(bytes);
        assertThat(format.digest(value).hex()).isEqualTo(vector.path("digest").asString());
    }

    private static JsonNode vectors() {
        return JsonMapper.builder().build().readTree(VECTORS.toFile());
    }

    @Test
    void every_key_of_a_random_state_is_proved_and_no_flipped_bit_is_taken() {
        Random random = new Random(7);
        State state = state(random, 200);
        Digest root = state.root();
        for (int number = 0; number < 250; number++) {
            Bytes proof = proof(state, number);
            Optional<StateLeaf> leaf = proved(proof, number, root).orThrow();
            assertThat(leaf.isPresent()).isEqualTo(number < 200);
            byte[] flipped = proof.toArray();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(proved(Bytes.copyOf(flipped), number, root))
                    .isInstanceOf(Parsed.Refused.class);
            // The proof of one key never shows another's leaf.
            if (proved(proof, number + 1, root)
                    instanceof Parsed.Value<Optional<StateLeaf>>(Optional<StateLeaf> other)) {
                assertThat(other).isEmpty();
                assertThat(number + 1).isGreaterThanOrEqualTo(200);
            }
        }
    }

    /// A proof that a key was never written shows a neighbour, of whatever area.
    @Test
    void a_key_is_proved_absent_beside_a_key_of_each_area() {
        for (Area area : Area.values()) {
            String namespace =
                    switch (area) {
                        case OWN, ACCOUNT, SYSTEM, PACT -> "";
                        case CONTRACT, DELIVERED, STORE -> "beside";
                    };
            Draft draft = new Draft(State.EMPTY);
            draft.put(
                    new org.entente.chain.state.StateKey(area, namespace, name(1)),
                    new Position(1, 0).version(),
                    Bytes.utf8("v"));
            State state = State.EMPTY.with(draft.written());
            assertThat(proved(proof(state, 2), 2, state.root()))
                    .as(area.name())
                    .isEqualTo(Parsed.of(Optional.empty()));
        }
    }

    private static Parsed<Optional<StateLeaf>> proved(Bytes proof, int number, Digest root) {
        return StateProof.FORMAT.decode(proof).then(it -> it.verify(key(number), root));
    }

    private static Bytes proof(State state, int number) {
        return org.entente.chain.state.StateProof.FORMAT.encode(
                state.prove(org.entente.chain.state.StateKey.own(name(number))));
    }

    private static State state(Random random, int count) {
        Draft draft = new Draft(State.EMPTY);
        for (int number = 0; number < count; number++) {
            draft.put(
                    org.entente.chain.state.StateKey.own(name(number)),
                    new Position(random.nextInt(100), number).version(),
                    Bytes.utf8("v" + number));
        }
        return State.EMPTY.with(draft.written());
    }

    private static Bytes name(int number) {
        return Bytes.utf8("orders/" + number);
    }

    private static StateKey key(int number) {
        return new StateKey(StateKey.Area.OWN, "", name(number));
    }

    @Test
    void a_header_is_final_by_the_creator_of_the_genesis_alone() {
        org.entente.chain.Genesis begun = begun(creator, chain);
        Finality finality = finality(begun);
        Bytes first = certified(begun, creator);
        assertThat(judged(first, finality)).isEqualTo(Verdict.accepted());
        assertThat(fault(certified(begun, SoloNode.freshSigner()), finality))
                .isEqualTo(Fault.BAD_SIGNATURE);
        Signer stranger = SoloNode.freshSigner();
        assertThat(fault(certified(begun(stranger, chain), stranger), finality))
                .isEqualTo(Fault.NOT_A_SIGNER);
        ChainId other = new ChainId("solo:other");
        assertThat(fault(certified(begun(creator, other), creator), finality))
                .isEqualTo(Fault.WRONG_CHAIN);
    }

    @Test
    void a_consensus_without_a_rule_is_refused() {
        Genesis solo = genesis(begun(creator, chain));
        Genesis other =
                new Genesis(
                        solo.chain(),
                        new org.entente.protocol.Name("lottery"),
                        solo.owner(),
                        solo.creators(),
                        solo.accounts(),
                        solo.time(),
                        solo.settings());
        assertThat(Finality.of(other, VERIFIERS).verdict().toString()).contains("lottery");
    }

    @Test
    void answers_of_several_heights_become_one_snapshot_only_where_nothing_changed_between() {
        Gathering gathering = new Gathering();
        take(gathering, proved(1, 10, 3));
        take(gathering, proved(2, 12, 7));
        assertThat(gathering.header().orElseThrow().header().height()).isEqualTo(10);
        take(gathering, proved(3, 14, 13));
        assertThat(gathering.header()).isEmpty();
        assertThat(gathering.behind()).containsExactly(key(1), key(2));
        take(gathering, proved(1, 15, 3));
        take(gathering, proved(2, 15, 15));
        assertThat(gathering.header()).isEmpty();
        assertThat(gathering.behind()).containsExactly(key(3));
        take(gathering, proved(3, 16, 13));
        assertThat(gathering.header().orElseThrow().header().height()).isEqualTo(15);
    }

    private static void take(Gathering gathering, Proved proved) {
        assertThat(gathering.take(proved)).isEqualTo(Verdict.accepted());
    }

    /// A key whose state was shown at a height and that was written last at another.
    private Proved proved(int number, long height, int written) {
        Header header =
                new Header(
                        chain,
                        height,
                        Digest.ZERO,
                        Instant.EPOCH,
                        0,
                        Digest.ZERO,
                        Digest.ZERO,
                        Digest.ZERO,
                        creator.key());
        StateLeaf leaf =
                new StateLeaf(
                        key(number),
                        written,
                        new Position(written, 0).version(),
                        Optional.of(Digest.of(VALUE)));
        return new Proved(
                new CertifiedHeader(header, Bytes.EMPTY),
                key(number),
                Optional.of(leaf),
                Optional.of(VALUE));
    }

    private static org.entente.chain.Genesis begun(Signer creator, ChainId chain) {
        return new org.entente.chain.Genesis(
                chain,
                Solo.NAME,
                creator.key(),
                Sorted.copyOf(List.of(creator.key())),
                Sorted.copyOf(List.<VerifyingKey>of()),
                Instant.parse("2026-11-21T10:30:15Z"),
                Bytes.EMPTY);
    }

    private static Bytes certified(org.entente.chain.Genesis genesis, Signer by) {
        return org.entente.chain.CertifiedHeader.FORMAT.encode(
                Solo.certify(Ledger.first(genesis, Governance.NONE), by));
    }

    private static Genesis genesis(org.entente.chain.Genesis genesis) {
        return Genesis.FORMAT.decode(org.entente.chain.Genesis.FORMAT.encode(genesis)).orThrow();
    }

    private static Finality finality(org.entente.chain.Genesis genesis) {
        return Finality.of(genesis(genesis), VERIFIERS).orThrow();
    }

    private static Fault fault(Bytes certified, Finality finality) {
        return ((Verdict.Rejected) judged(certified, finality)).fault();
    }

    private static Verdict judged(Bytes certified, Finality finality) {
        return finality.begun(Sorted.copyOf(List.<Long>of()))
                .check(CertifiedHeader.FORMAT.decode(certified).orThrow());
    }
}
