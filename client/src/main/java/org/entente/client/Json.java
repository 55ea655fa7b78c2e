package org.entente.client;

import org.entente.protocol.Bytes;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Optional;

/// Reads JSON that came from outside: no name twice, no deep nesting, nothing behind the end.
/// Unknown fields are left alone, so that an older client reads a newer server.
final class Json {
    private static final int DEPTH_MAX = 64;
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /// The JSON is not what it should be.
    static final class Unexpected extends Exception {
        private static final long serialVersionUID = 1;

        Unexpected(String message) {
            super(message);
        }
    }

    static JsonNode read(Bytes json) throws Unexpected {
        JsonNode node = any(json);
        if (!node.isObject()) {
            throw new Unexpected("not a JSON object");
        }
        return node;
    }

    static JsonNode list(Bytes json) throws Unexpected {
        JsonNode node = any(json);
        if (!node.isArray()) {
            throw new Unexpected("not a JSON list");
        }
        return node;
    }

    private static JsonNode any(Bytes json) throws Unexpected {
        try {
            return MAPPER.readTree(json.asUtf8());
        } catch (JacksonException e) {
            throw new Unexpected("not JSON: " + e.getOriginalMessage());
        }
    }

    static Optional<String> optionalText(JsonNode object, String name) {
        JsonNode field = object.path(name);
        return field.isString() ? Optional.of(field.stringValue()) : Optional.empty();
    }

    static String text(JsonNode object, String name) throws Unexpected {
        return optionalText(object, name)
                .orElseThrow(() -> new Unexpected("the field '" + name + "' is missing"));
    }

    static long number(JsonNode object, String name) throws Unexpected {
        JsonNode field = object.path(name);
        if (!field.isIntegralNumber() || !field.canConvertToLong() || field.longValue() < 0) {
            throw new Unexpected("the field '" + name + "' is no number");
        }
        return field.longValue();
    }
}
