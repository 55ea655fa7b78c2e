package org.entente.registry.payload;

import org.entente.protocol.Sorted;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads the keywords of a schema. One that is not served is refused, so that nobody relies on it.
final class RuleReader {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final long COUNT_MAX = 1L << 31;

    private final String at;
    private final List<Rule> rules = new ArrayList<>();
    private final TreeMap<String, Rule> named = new TreeMap<>();
    private Rule others = new Rule.Any(true);

    private RuleReader(String at) {
        this.at = at;
    }

    /// @param at where in the schema, for the person who wrote it
    static Rule read(JsonNode schema, String at) {
        if (schema.isBoolean()) {
            return new Rule.Any(schema.booleanValue());
        }
        if (!schema.isObject()) {
            throw new IllegalArgumentException(at + " must be an object, true or false");
        }
        RuleReader reader = new RuleReader(at);
        for (Map.Entry<String, JsonNode> each : schema.properties()) {
            reader.keyword(each.getKey(), each.getValue());
        }
        reader.rules.add(new Rule.Fields(Sorted.copyOf(reader.named), reader.others));
        return new Rule.All(reader.rules);
    }

    private void keyword(String keyword, JsonNode value) {
        switch (keyword) {
            case "$schema" -> {
                if (!value.isString() || !value.stringValue().equals(DIALECT)) {
                    throw wrong(keyword, "is " + DIALECT + " or left out");
                }
            }
            case "title", "description", "$comment" -> {
                if (!value.isString()) {
                    throw wrong(keyword, "must be text");
                }
            }
            case "type" -> rules.add(type(value));
            case "enum" -> rules.add(new Rule.Among(list(keyword, value)));
            case "const" -> rules.add(new Rule.Among(List.of(value)));
            case "minimum" -> rules.add(new Rule.Bound(number(keyword, value), 1, true));
            case "exclusiveMinimum" -> rules.add(new Rule.Bound(number(keyword, value), 1, false));
            case "maximum" -> rules.add(new Rule.Bound(number(keyword, value), -1, true));
            case "exclusiveMaximum" -> rules.add(new Rule.Bound(number(keyword, value), -1, false));
            case "minLength" -> rules.add(atLeast(Kind.STRING, keyword, value));
            case "maxLength" -> rules.add(atMost(Kind.STRING, keyword, value));
            case "minItems" -> rules.add(atLeast(Kind.ARRAY, keyword, value));
            case "maxItems" -> rules.add(atMost(Kind.ARRAY, keyword, value));
            case "minProperties" -> rules.add(atLeast(Kind.OBJECT, keyword, value));
            case "maxProperties" -> rules.add(atMost(Kind.OBJECT, keyword, value));
            case "required" -> rules.add(new Rule.Required(names(keyword, value)));
            case "properties" -> properties(value);
            case "additionalProperties" -> others = read(value, place(keyword));
            case "items" -> rules.add(new Rule.Items(read(value, place(keyword))));
            case "allOf" -> rules.add(new Rule.All(schemas(keyword, value)));
            case "anyOf" -> rules.add(new Rule.Some(schemas(keyword, value), false));
            case "oneOf" -> rules.add(new Rule.Some(schemas(keyword, value), true));
            case "not" -> rules.add(new Rule.Not(read(value, place(keyword))));
            default ->
                    throw wrong(
                            keyword, "is not served in payload schemas (docs/formats.md, §3.7)");
        }
    }

    private Rule type(JsonNode value) {
        List<String> words = value.isString() ? List.of(value.stringValue()) : names("type", value);
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String word : words) {
            kinds.add(Kind.of(word).orElseThrow(() -> wrong("type", word + " is no type")));
        }
        if (kinds.isEmpty()) {
            throw wrong("type", "names no type");
        }
        return new Rule.OfKind(kinds);
    }

    private void properties(JsonNode value) {
        if (!value.isObject()) {
            throw wrong("properties", "must be an object");
        }
        for (Map.Entry<String, JsonNode> each : value.properties()) {
            named.put(each.getKey(), read(each.getValue(), place("properties/" + each.getKey())));
        }
    }

    private List<Rule> schemas(String keyword, JsonNode value) {
        List<Rule> read = new ArrayList<>();
        for (JsonNode each : list(keyword, value)) {
            read.add(read(each, place(keyword + "/" + read.size())));
        }
        return read;
    }

    private List<JsonNode> list(String keyword, JsonNode value) {
        if (!value.isArray() || value.isEmpty()) {
            throw wrong(keyword, "must be a list of at least one");
        }
        List<JsonNode> all = new ArrayList<>();
        value.forEach(all::add);
        return all;
    }

    private List<String> names(String keyword, JsonNode value) {
        if (!value.isArray()) {
            throw wrong(keyword, "must be a list");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode each : value) {
            if (!each.isString()) {
                throw wrong(keyword, "must be a list of names");
            }
            names.add(each.stringValue());
        }
        return names;
    }

    private BigDecimal number(String keyword, JsonNode value) {
        if (!value.isNumber()) {
            throw wrong(keyword, "must be a number");
        }
        return value.decimalValue();
    }

    private Rule atLeast(Kind of, String keyword, JsonNode value) {
        return new Rule.Count(of, count(keyword, value), Long.MAX_VALUE);
    }

    private Rule atMost(Kind of, String keyword, JsonNode value) {
        return new Rule.Count(of, 0, count(keyword, value));
    }

    private long count(String keyword, JsonNode value) {
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > COUNT_MAX) {
            throw wrong(keyword, "must be a whole number from 0 to " + COUNT_MAX);
        }
        return value.longValue();
    }

    private String place(String keyword) {
        return at + "/" + keyword;
    }

    private IllegalArgumentException wrong(String keyword, String why) {
        return new IllegalArgumentException(place(keyword) + " " + why);
    }
}
