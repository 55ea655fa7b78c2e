package org.entente.relay.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.registry.fixture.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/// The OpenAPI document against the routes and against real answers.
final class OpenApiTest {
    @TempDir private Path directory;

    @Test
    void it_names_every_route_and_no_other_and_real_answers_fit_it() throws Exception {
        try (RunningRelay relay = RunningRelay.start(directory)) {
            JsonNode document = relay.ask("/openapi.json").json();
            SortedSet<String> described = new TreeSet<>();
            for (var path : document.path("paths").properties()) {
                for (var operation : path.getValue().properties()) {
                    described.add(
                            operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
            assertThat(described).isEqualTo(relay.addresses());

            relay.admit(List.of(new Member("alpha.example")));
            fits(document, "Heads", relay.ask("/v1/logs").json());
            fits(document, "Head", relay.ask("/v1/logs/registry").json());
            fits(document, "Leaf", relay.ask("/v1/logs/registry/entries/0").json());
            fits(
                    document,
                    "Inclusion",
                    relay.ask("/v1/logs/registry/proofs/inclusion?serial=0").json());
            fits(
                    document,
                    "Consistency",
                    relay.ask("/v1/logs/registry/proofs/consistency?from=1").json());
            fits(document, "Problem", relay.ask("/v1/logs/nothing").json());
        }
    }

    /// Whether a value has the type, the fields and nothing else than a schema says.
    static void fits(JsonNode document, String schema, JsonNode value) {
        fits(document, document.path("components").path("schemas").path(schema), value, schema);
    }

    private static void fits(JsonNode document, JsonNode schema, JsonNode value, String at) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asString();
            fits(
                    document,
                    document.path("components")
                            .path("schemas")
                            .path(name.substring(name.lastIndexOf('/') + 1)),
                    value,
                    at);
            return;
        }
        switch (schema.path("type").asString()) {
            case "string" -> {
                assertThat(value.isString()).as(at).isTrue();
                if (schema.has("pattern")) {
                    assertThat(value.asString()).as(at).matches(schema.path("pattern").asString());
                }
                if (schema.has("enum")) {
                    assertThat(schema.path("enum").toString())
                            .as(at)
                            .contains("\"" + value.asString() + "\"");
                }
            }
            case "integer" -> assertThat(value.isIntegralNumber()).as(at).isTrue();
            case "boolean" -> assertThat(value.isBoolean()).as(at).isTrue();
            case "array" -> {
                assertThat(value.isArray()).as(at).isTrue();
                for (JsonNode item : value) {
                    fits(document, schema.path("items"), item, at + "[]");
                }
            }
            default -> {
                assertThat(value.isObject()).as(at).isTrue();
                for (JsonNode required : schema.path("required")) {
                    assertThat(value.has(required.asString()))
                            .as(at + " has " + required.asString())
                            .isTrue();
                }
                for (var field : value.properties()) {
                    JsonNode inner = schema.path("properties").path(field.getKey());
                    assertThat(inner.isMissingNode()).as(at + " knows " + field.getKey()).isFalse();
                    fits(document, inner, field.getValue(), at + "." + field.getKey());
                }
            }
        }
    }
}
