package org.entente.adapter.own;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// By which names flows reach what an industrial chain keeps of data (docs/adapters.md §5.9).
final class SightTest {
    private static final Path VECTORS = Path.of("../../docs/vectors/industrial-data.json");
    private static final ChainId WORKS = new ChainId("icb:works");

    private static Sight sight(ChainId chain, String key) {
        return Sight.of(Place.own(chain, Bytes.utf8(key))).orThrow();
    }

    private static Bytes vector(String name) {
        JsonNode vectors = JsonMapper.builder().build().readTree(VECTORS.toFile());
        return Bytes.fromHex(vectors.at("/objects/" + name).asString());
    }

    @ParameterizedTest
    @CsvSource({
        "@data/head/press/7, 0170726573732f37",
        "@data/series/press/7, 0470726573732f37",
        "@data/record/press/7/@3, 0270726573732f370000000003",
        "@data/part/press/7/@258, 0570726573732f37000000000000000102",
        "@data/summary/press/7/@0, 0570726573732f37000000000000000000",
    })
    void a_name_of_data_is_a_key_of_its_contract(String name, String key) {
        assertThat(sight(WORKS, name).key())
                .isEqualTo(new StateKey(StateKey.Area.STORE, "data", Bytes.fromHex(key)));
    }

    @Test
    void everything_else_is_a_key_of_the_chains_own_or_of_an_inbox() {
        Bytes name = Bytes.utf8("@data/head/press/7");
        assertThat(sight(new ChainId("solo:works"), "@data/head/press/7").key())
                .isEqualTo(StateKey.own(name));
        assertThat(sight(WORKS, "orders/7").key()).isEqualTo(StateKey.own(Bytes.utf8("orders/7")));
        assertThat(Sight.of(new Place(WORKS, "inbox", name)).orThrow().key())
                .isEqualTo(new StateKey(StateKey.Area.DELIVERED, "inbox", name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@data/",
                "@data/grant/press/7",
                "@data/head/-press",
                "@data/head/press/7/@1",
                "@data/record/press/7",
                "@data/record/press/7/@2147483648",
                "@data/part/press/7/@01",
                "@data/part/press/7/@-1",
            })
    void a_name_that_says_nothing_is_refused(String name) {
        Parsed<Sight> sight = Sight.of(Place.own(WORKS, Bytes.utf8(name)));
        assertThat(sight.verdict()).isInstanceOf(Verdict.Rejected.class);
        if (sight.verdict() instanceof Verdict.Rejected(Fault fault, String _)) {
            assertThat(fault).isEqualTo(Fault.INVALID_VALUE);
        }
    }

    @Test
    void the_parts_of_the_chains_vectors_are_read_and_written_byte_for_byte() {
        for (String name : new String[] {"part-batch", "part-of-device", "part-gap"}) {
            SeriesPart part = SeriesPart.FORMAT.decode(vector(name)).orThrow();
            assertThat(SeriesPart.FORMAT.encode(part)).isEqualTo(vector(name));
        }
    }

    @Test
    void a_summary_is_what_stands_of_the_readings_and_not_the_readings() {
        assertThat(shown("@data/summary/press/7/@0", vector("part-batch")).map(Bytes::asUtf8))
                .contains(
                        "{\"series\":\"press/7\",\"part\":0,\"readings\":\"inline\",\"count\":3,"
                                + "\"from\":-5,\"to\":1780000000100000000,\"least\":-7,"
                                + "\"most\":20130,\"sum\":40248,"
                                + "\"root\":\"e0853d1e36e58b3325af0f7b5b107055"
                                + "eca06c11acdc962edefabb0b7828572f\"}");
        assertThat(shown("@data/part/press/7/@0", vector("part-batch")))
                .contains(vector("part-batch"));
    }

    @Test
    void of_a_gap_there_is_no_summary_and_bytes_that_are_no_part_are_refused() {
        assertThat(shown("@data/summary/press/7/@0", vector("part-gap"))).isEmpty();
        Sight sight = sight(WORKS, "@data/summary/press/7/@0");
        assertThat(sight.held(proved(sight, Bytes.utf8("garbage"))).verdict().isAccepted())
                .isFalse();
    }

    private static Optional<Bytes> shown(String name, Bytes value) {
        Sight sight = sight(WORKS, name);
        var held = sight.held(proved(sight, value)).orThrow();
        assertThat(held.place().key()).isEqualTo(Bytes.utf8(name));
        assertThat(held.version()).isEqualTo(new Version.Present(Bytes.fromHex("00".repeat(12))));
        return held.value();
    }

    private static Proved proved(Sight sight, Bytes value) {
        StateLeaf leaf =
                new StateLeaf(
                        sight.key(),
                        1,
                        new Version.Present(Bytes.fromHex("00".repeat(12))),
                        Optional.of(Digest.of(value)));
        Digest none = Digest.ZERO;
        Header header =
                new Header(
                        WORKS,
                        1,
                        none,
                        Instant.ofEpochMilli(1),
                        0,
                        none,
                        none,
                        none,
                        org.entente.adapter.own.fixture.SoloNode.freshSigner().key());
        return new Proved(
                new CertifiedHeader(header, Bytes.EMPTY),
                sight.key(),
                Optional.of(leaf),
                Optional.of(value));
    }
}
