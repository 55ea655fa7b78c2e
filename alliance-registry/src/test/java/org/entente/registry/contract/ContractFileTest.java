package org.entente.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

final class ContractFileTest {
    private static final String CONTRACT =
            new Contracts(List.of(new Member("alpha.example"), new Member("beta.example")))
                    .withRecovery()
                    .extra("\"condition\": \"attempt < 5\", \"singleUse\": true")
                    .contract();
    private static final String NODE_CONTRACT =
            new Contracts(List.of(new Member("alpha.example"), new Member("beta.example")))
                    .nodeContract();

    @Test
    void a_contract_of_one_party_with_itself_is_refused() {
        String two =
                new Contracts(List.of(new Member("alpha.example"), new Member("beta.example")))
                        .extra("\"soleAuthority\": true")
                        .contract();
        String one =
                two.replace(", \"beta.example\"", "")
                        .replace(", \"spiffe://beta.example/node/agent\": 1", "");
        assertThat(AllianceContract.parse(Bytes.utf8(two)).verdict().isAccepted()).isTrue();
        assertThat(AllianceContract.parse(Bytes.utf8(one)).verdict())
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        why -> assertThat(why.detail()).contains("parties"));
    }

    /// One edit of a good file, what the parser says, and whether the schema sees it too.
    private record Example(String what, String from, String to, Fault fault, boolean shape) {}

    private static final List<Example> EXAMPLES =
            List.of(
                    shape(
                            "an unknown field",
                            "\"version\"",
                            "\"colour\": 1, \"version\"",
                            Fault.UNKNOWN_FIELD),
                    shape(
                            "an unknown field inside",
                            "\"perHour\"",
                            "\"perDay\": 1, \"perHour\"",
                            Fault.UNKNOWN_FIELD),
                    shape("no name", "\"name\": \"trade\",", "", Fault.INVALID_VALUE),
                    shape("a name of capitals", "\"trade\"", "\"TRADE\"", Fault.INVALID_VALUE),
                    shape(
                            "a version of 0",
                            "\"version\": 1",
                            "\"version\": 0",
                            Fault.INVALID_VALUE),
                    shape(
                            "a version in words",
                            "\"version\": 1",
                            "\"version\": \"1\"",
                            Fault.INVALID_VALUE),
                    shape(
                            "no parties",
                            "[\"alpha.example\", \"beta.example\"]",
                            "[]",
                            Fault.INVALID_VALUE),
                    shape(
                            "one party alone",
                            "[\"alpha.example\", \"beta.example\"]",
                            "[\"alpha.example\"]",
                            Fault.INVALID_VALUE),
                    shape(
                            "a party twice",
                            "[\"alpha.example\", \"beta.example\"]",
                            "[\"alpha.example\", \"beta.example\", \"beta.example\"]",
                            Fault.INVALID_VALUE),
                    shape("a weight of 0", "agent\": 1", "agent\": 0", Fault.INVALID_VALUE),
                    shape(
                            "a weight past the greatest",
                            "agent\": 1",
                            "agent\": 1000001",
                            Fault.INVALID_VALUE),
                    shape(
                            "a chain that is none",
                            "\"solo:alpha-example\", \"resources\"",
                            "\"alpha\", \"resources\"",
                            Fault.INVALID_VALUE),
                    shape(
                            "a pattern with ** inside",
                            "orders/**",
                            "**/orders",
                            Fault.INVALID_VALUE),
                    shape("an empty segment", "orders/**", "orders//x", Fault.INVALID_VALUE),
                    shape("a duration without unit", "\"10m\"", "\"10\"", Fault.INVALID_VALUE),
                    shape("a negative depth", ": 12", ": -1", Fault.INVALID_VALUE),
                    shape(
                            "a condition that is a number",
                            "\"attempt < 5\"",
                            "5",
                            Fault.INVALID_VALUE),
                    shape(
                            "a flag that is a text",
                            "\"singleUse\": true",
                            "\"singleUse\": \"true\"",
                            Fault.INVALID_VALUE),
                    shape("a threshold in words", "\"1/2\"", "\"half\"", Fault.INVALID_VALUE),
                    shape(
                            "a time without seconds",
                            "2026-11-01T00:00:00Z",
                            "2026-11-01T00:00Z",
                            Fault.INVALID_VALUE),
                    shape(
                            "a wish that payloads are sealed",
                            "\"singleUse\": true",
                            "\"singleUse\": true, \"sealedPayload\": true",
                            Fault.INVALID_VALUE),
                    meaning(
                            "a payload schema that is not served",
                            "\"singleUse\": true",
                            "\"singleUse\": true, \"payloadSchema\": {\"pattern\": \"a\"}",
                            Fault.INVALID_VALUE),
                    meaning(
                            "a foreign agent",
                            "spiffe://beta.example/node/agent",
                            "spiffe://gamma.example/node/agent",
                            Fault.INVALID_VALUE),
                    meaning(
                            "a foreign requester",
                            "\"organisation\": \"alpha.example\", \"role\"",
                            "\"organisation\": \"gamma.example\", \"role\"",
                            Fault.INVALID_VALUE),
                    meaning(
                            "one chain twice",
                            "\"solo:beta-example\", \"inbox\"",
                            "\"solo:alpha-example\", \"inbox\"",
                            Fault.INVALID_VALUE),
                    meaning(
                            "an inbox of more bytes than a write names",
                            "\"inbox\": \"inbox\"",
                            "\"inbox\": \"" + "\u00e9".repeat(65) + "\"",
                            Fault.INVALID_VALUE),
                    meaning(
                            "finality of another chain",
                            "\"solo:beta-example\": \"final\"",
                            "\"solo:gamma\": \"final\"",
                            Fault.INVALID_VALUE),
                    meaning(
                            "a threshold below half",
                            "\"1/2\"",
                            "\"1/3\"",
                            Fault.THRESHOLD_TOO_LOW),
                    meaning("a threshold that nobody passes", "\"1/2\"", "2", Fault.INVALID_VALUE),
                    meaning(
                            "a condition of another type",
                            "attempt < 5",
                            "attempt + 5",
                            Fault.CONDITION_INVALID),
                    meaning(
                            "a condition over nothing known",
                            "attempt < 5",
                            "now < 5",
                            Fault.CONDITION_INVALID),
                    meaning(
                            "an end before the beginning",
                            "2027-11-01",
                            "2025-11-01",
                            Fault.INVALID_VALUE),
                    meaning(
                            "a day that does not exist",
                            "2027-11-01",
                            "2027-13-01",
                            Fault.INVALID_VALUE));

    private static Example shape(String what, String from, String to, Fault fault) {
        return new Example(what, from, to, fault, true);
    }

    private static Example meaning(String what, String from, String to, Fault fault) {
        return new Example(what, from, to, fault, false);
    }

    @Test
    void a_good_file_is_read_and_its_digest_is_that_of_the_file() {
        AllianceContract contract = AllianceContract.parse(Bytes.utf8(CONTRACT)).orThrow();
        assertThat(contract.digest()).isEqualTo(Digest.of(Bytes.utf8(CONTRACT)));
        assertThat(contract.flows().values())
                .allSatisfy(flow -> assertThat(flow.has(Flow.Option.SINGLE_USE)).isTrue());
        assertThat(schemaTakes("alliance-contract", CONTRACT)).isTrue();
        assertThat(NodeContract.parse(Bytes.utf8(NODE_CONTRACT)).orThrow().threshold())
                .isEqualTo(Threshold.half());
        assertThat(schemaTakes("node-contract", NODE_CONTRACT)).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> parser_and_schema_agree_about_the_shape() {
        return EXAMPLES.stream()
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.what + " is refused as " + example.fault,
                                () -> {
                                    String edited = CONTRACT.replace(example.from, example.to);
                                    assertThat(edited).isNotEqualTo(CONTRACT);
                                    assertThat(fault(edited)).contains(example.fault);
                                    assertThat(schemaTakes("alliance-contract", edited))
                                            .isEqualTo(!example.shape);
                                }));
    }

    @TestFactory
    Stream<DynamicTest> node_contracts_are_refused_by_their_defect() {
        return Stream.of(
                        shape(
                                "a copy with a function",
                                "\"copy\"",
                                "\"copy\", \"function\": \"f\"",
                                Fault.INVALID_VALUE),
                        shape(
                                "a call without function",
                                "\"copy\"",
                                "\"call\"",
                                Fault.INVALID_VALUE),
                        shape("an unknown program", "\"copy\"", "\"map\"", Fault.INVALID_VALUE),
                        shape(
                                "no hosts",
                                "[\"spiffe://alpha.example/node/agent\"]",
                                "[]",
                                Fault.INVALID_VALUE),
                        meaning(
                                "exactly half less one",
                                "\"hosts\"",
                                "\"threshold\": 0, \"hosts\"",
                                Fault.THRESHOLD_TOO_LOW),
                        meaning(
                                "a fraction below half",
                                "\"hosts\"",
                                "\"threshold\": \"49/100\", \"hosts\"",
                                Fault.THRESHOLD_TOO_LOW))
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.what + " is refused as " + example.fault,
                                () -> {
                                    String edited = NODE_CONTRACT.replace(example.from, example.to);
                                    assertThat(refusal(NodeContract.parse(Bytes.utf8(edited))))
                                            .contains(example.fault);
                                    assertThat(schemaTakes("node-contract", edited))
                                            .isEqualTo(!example.shape);
                                }));
    }

    @Test
    void what_is_no_strict_json_is_refused_by_its_defect() {
        assertThat(fault("{\"name\": \"a\", \"name\": \"a\"}")).contains(Fault.DUPLICATE_FIELD);
        assertThat(fault(CONTRACT + "{}")).contains(Fault.MALFORMED);
        assertThat(fault("\uFEFF" + CONTRACT)).contains(Fault.MALFORMED);
        assertThat(fault("[]")).contains(Fault.INVALID_VALUE);
        assertThat(fault("")).isPresent();
        assertThat(fault("{\"a\":".repeat(10_000))).contains(Fault.TOO_DEEP);
        assertThat(fault(" ".repeat(AllianceContract.SIZE_BYTES_MAX + 1)))
                .contains(Fault.TOO_LARGE);
        assertThat(refusal(AllianceContract.parse(Bytes.fromHex("7bff7d"))))
                .contains(Fault.MALFORMED);
        assertThat(fault(CONTRACT.replace("\"version\": 1", "\"version\": 1.0")))
                .contains(Fault.INVALID_VALUE);
    }

    @Test
    void the_published_schemas_are_those_of_the_code() throws IOException {
        for (String name : List.of("alliance-contract", "node-contract")) {
            assertThat(Files.readString(Path.of("..", "docs", "schemas", name + ".schema.json")))
                    .isEqualTo(schema(name));
        }
    }

    private static Optional<Fault> fault(String file) {
        return refusal(AllianceContract.parse(Bytes.utf8(file)));
    }

    private static <T> Optional<Fault> refusal(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Value<T> _ -> Optional.empty();
            case Parsed.Refused<T>(var why) -> Optional.of(why.fault());
        };
    }

    private static boolean schemaTakes(String name, String file) {
        JsonSchemaOptions options =
                new JsonSchemaOptions()
                        .setBaseUri("https://entente.example/")
                        .setDraft(Draft.DRAFT202012)
                        .setOutputFormat(OutputFormat.Flag);
        return Boolean.TRUE.equals(
                Validator.create(JsonSchema.of(new JsonObject(schema(name))), options)
                        .validate(new JsonObject(file))
                        .getValid());
    }

    private static String schema(String name) {
        try (InputStream stream =
                AllianceContract.class.getResourceAsStream(name + ".schema.json")) {
            if (stream == null) {
                throw new AssertionError("no schema " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
