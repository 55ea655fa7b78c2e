package org.entente.registry.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Payload schemas: by examples, by what is refused, and beside another implementation.
final class PayloadSchemaTest {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<Kind> KINDS = List.copyOf(EnumSet.allOf(Kind.class));

    private static Optional<String> broken(String schema, String value) {
        return PayloadSchema.parse(schema).orThrow().check(Bytes.utf8(value))
                        instanceof Verdict.Rejected why
                ? Optional.of(why.detail())
                : Optional.empty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'type': 'integer'}; 1.0; 1.5",
                "{'type': ['null', 'string']}; null; 1",
                "{'const': 1}; 1.0; 2",
                "{'const': {'a': [1, null]}}; {'a': [1.0, null]}; {'a': [1, false]}",
                "{'enum': ['x', true]}; 'x'; 'true'",
                "{'minimum': 2.5}; 2.5; 2.49",
                "{'exclusiveMinimum': 2}; 2.01; 2",
                "{'maximum': 1e3}; 1000; 1000.5",
                "{'exclusiveMaximum': 1}; 'text'; 1",
                "{'minLength': 2}; 'ab'; '\\ud83d\\ude00'",
                "{'maxLength': 1}; '\\ud83d\\ude00'; 'ab'",
                "{'required': ['a']}; {'a': 1}; {'b': 1}",
                "{'properties': {'a': {'type': 'string'}}}; {'b': 1}; {'a': 1}",
                "{'properties': {'a': true}, 'additionalProperties': false}; {'a': 1}; {'b': 1}",
                "{'additionalProperties': {'type': 'null'}}; {'a': null}; {'a': 1}",
                "{'minProperties': 1, 'maxProperties': 1}; {'a': 1}; {}",
                "{'items': {'maximum': 3}}; [1, 2, 3]; [1, 4]",
                "{'minItems': 1, 'maxItems': 2}; [1]; [1, 2, 3]",
                "{'allOf': [{'minimum': 1}, {'maximum': 2}]}; 1; 3",
                "{'anyOf': [{'minimum': 5}, {'type': 'null'}]}; null; 3",
                "{'oneOf': [{'minimum': 5}, {'maximum': 6}]}; 7; 5",
                "{'not': {'type': 'string'}}; 1; 'a'",
            })
    void each_keyword_allows_and_refuses(String schema, String fits, String breaks) {
        String written = schema.replace('\'', '"');
        assertThat(broken(written, fits.replace('\'', '"'))).isEmpty();
        assertThat(broken(written, breaks.replace('\'', '"'))).isPresent();
    }

    @Test
    void a_refusal_names_the_place() {
        String schema = "{\"properties\": {\"a/b\": {\"items\": {\"type\": \"string\"}}}}";
        assertThat(broken(schema, "{\"a/b\": [\"x\", 1]}")).contains("/a~1b/1: is no string");
        assertThat(broken("{\"type\": \"object\"}", "1")).contains("the payload: is no object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\": 1, \"a\": 1}",
                "1 2",
                "NaN",
                "\"\u0001\"",
                "{\"a\": 01}"
            })
    void what_is_no_json_fits_no_schema(String value) {
        assertThat(PayloadSchema.parse("{}").orThrow().check(Bytes.utf8(value)))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        why -> assertThat(why.fault()).isEqualTo(Fault.PAYLOAD_UNFIT));
        assertThat(PayloadSchema.parse("{}").orThrow().check(Bytes.fromHex("22ff22")).isAccepted())
                .isFalse();
    }

    @Test
    void depth_and_numbers_have_bounds() {
        PayloadSchema any = PayloadSchema.parse("{}").orThrow();
        assertThat(any.check(Bytes.utf8("[".repeat(64) + "]".repeat(64))).isAccepted()).isTrue();
        assertThat(any.check(Bytes.utf8("[".repeat(10_000) + "]".repeat(10_000))).isAccepted())
                .isFalse();
        assertThat(any.check(Bytes.utf8("9".repeat(101))).isAccepted()).isFalse();
        // What it is worth is never written out.
        assertThat(broken("{\"type\": \"integer\", \"minimum\": 1}", "1e999999999")).isEmpty();
        assertThat(broken("{\"const\": 1e999999999}", "1e-999999999")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "{\"pattern\": \"(a+)+\"}",
                "{\"$ref\": \"#\"}",
                "{\"format\": \"date\"}",
                "{\"items\": {\"unknown\": 1}}",
                "{\"type\": \"text\"}",
                "{\"type\": []}",
                "{\"minLength\": -1}",
                "{\"minLength\": 1.5}",
                "{\"enum\": []}",
                "{\"required\": [1]}",
                "{\"minimum\": \"1\"}",
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"}",
            })
    void a_schema_that_means_nothing_here_is_refused(String schema) {
        assertThat(PayloadSchema.parse(schema)).isInstanceOf(Parsed.Refused.class);
    }

    /// The other implementation reads the same texts.
    @Test
    void another_implementation_comes_to_the_same_answers() {
        Random random = new Random(1);
        int fitting = 0;
        int rounds = 4_000;
        for (int round = 0; round < rounds; round++) {
            String schema = schema(random, 3);
            String value = value(random, 3);
            String wrapped = "{\"properties\": {\"it\": " + schema + "}}";
            boolean here = broken(wrapped, "{\"it\": " + value + "}").isEmpty();
            assertThat(here)
                    .as("%s of %s", schema, value)
                    .isEqualTo(other(wrapped, "{\"it\": " + value + "}"));
            fitting += here ? 1 : 0;
        }
        assertThat(fitting).isBetween(rounds / 10, rounds - rounds / 10);
    }

    private static boolean other(String schema, String value) {
        JsonSchemaOptions options =
                new JsonSchemaOptions()
                        .setBaseUri("https://entente.example/")
                        .setDraft(Draft.DRAFT202012)
                        .setOutputFormat(OutputFormat.Flag);
        return Boolean.TRUE.equals(
                Validator.create(JsonSchema.of(new JsonObject(schema)), options)
                        .validate(new JsonObject(value))
                        .getValid());
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> "null";
            case 1 -> String.valueOf(random.nextBoolean());
            case 2 -> String.valueOf(random.nextInt(4));
            case 3 -> random.nextInt(4) + ".5";
            case 4 -> "\"" + "x".repeat(random.nextInt(4)) + "\"";
            case 5 -> list(random, () -> value(random, depth - 1));
            default -> object(random, () -> value(random, depth - 1));
        };
    }

    private interface Part {
        String make();
    }

    private static String list(Random random, Part part) {
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(_ -> part.make())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String object(Random random, Part part) {
        return names(random).stream()
                .map(name -> "\"" + name + "\": " + part.make())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static List<String> names(Random random) {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        return names.subList(0, random.nextInt(3));
    }

    private static String schema(Random random, int depth) {
        List<String> words = new ArrayList<>();
        for (int count = random.nextInt(1, 4); count > 0; count--) {
            words.add(keyword(random, depth));
        }
        // A keyword that is there twice would be another text.
        return words.stream()
                .collect(
                        Collectors.toMap(
                                word -> word.substring(0, word.indexOf(':')),
                                word -> word,
                                (first, _) -> first,
                                java.util.TreeMap::new))
                .values()
                .stream()
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String keyword(Random random, int depth) {
        int small = random.nextInt(4);
        Part deeper = () -> depth > 0 ? schema(random, depth - 1) : "true";
        return switch (random.nextInt(18)) {
            case 0 -> "\"minimum\": " + small;
            case 1 -> "\"maximum\": " + small;
            case 2 -> "\"exclusiveMinimum\": " + small;
            case 3 -> "\"exclusiveMaximum\": " + small;
            case 4 -> "\"minLength\": " + small;
            case 5 -> "\"maxLength\": " + small;
            case 6 -> "\"minItems\": " + small;
            case 7 -> "\"maxItems\": " + small;
            case 8 -> "\"minProperties\": " + small;
            case 9 -> "\"maxProperties\": " + small;
            case 10 ->
                    "\"type\": [\""
                            + KINDS.get(random.nextInt(KINDS.size())).word()
                            + "\", \"object\"]";
            case 11 -> "\"enum\": [" + value(random, 1) + ", " + value(random, 1) + "]";
            case 12 ->
                    "\"required\": "
                            + names(random).stream()
                                    .map(name -> "\"" + name + "\"")
                                    .collect(Collectors.joining(", ", "[", "]"));
            case 13 -> "\"properties\": " + object(random, deeper);
            case 14 -> "\"additionalProperties\": " + deeper.make();
            case 15 -> "\"items\": " + deeper.make();
            case 16 ->
                    (random.nextBoolean() ? "\"anyOf\"" : "\"oneOf\"")
                            + ": ["
                            + deeper.make()
                            + ", "
                            + deeper.make()
                            + "]";
            default -> "\"not\": " + deeper.make();
        };
    }
}
