package org.entente.registry.contract;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// One JSON object of a contract file or of a node contract's arguments, read strictly: each field
/// is asked for by name, and what was not asked for is refused. A refusal names the path of what is
/// wrong.
public final class JsonFields {
    static final int DEPTH_MAX = 32;
    private static final int NUMBER_LENGTH_MAX = 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final JsonMapper STRICT =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .maxNumberLength(NUMBER_LENGTH_MAX)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final JsonNode node;
    private final String path;
    private final SortedSet<String> asked = new TreeSet<>();

    private JsonFields(JsonNode node, String path) {
        this.node = node;
        this.path = path;
        if (!node.isObject()) {
            throw wrong(path.isEmpty() ? "the file" : path, "must be an object");
        }
    }

    /// Leaves the reading of one file at its first mistake.
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Fault fault;

        Wrong(Fault fault, String message) {
            super(message, null, false, false);
            this.fault = fault;
        }

        <T> Parsed<T> refusal() {
            return Parsed.refused(fault, String.valueOf(getMessage()));
        }
    }

    /// Parses exact file bytes and reads the object in them.
    public static <T> Parsed<T> parse(Bytes file, int sizeMax, Function<JsonFields, T> read) {
        if (file.size() > sizeMax) {
            return Parsed.refused(
                    Fault.TOO_LARGE, file.size() + " bytes where " + sizeMax + " are allowed");
        }
        try {
            JsonFields fields = new JsonFields(STRICT.readTree(text(file)), "");
            T value = read.apply(fields);
            fields.end();
            return Parsed.of(value);
        } catch (Wrong e) {
            return e.refusal();
        } catch (StreamConstraintsException e) {
            return Parsed.refused(Fault.TOO_DEEP, e.getOriginalMessage() + where(e));
        } catch (JacksonException e) {
            boolean duplicate = e.getOriginalMessage().startsWith("Duplicate Object property");
            return Parsed.refused(
                    duplicate ? Fault.DUPLICATE_FIELD : Fault.MALFORMED,
                    e.getOriginalMessage() + where(e));
        }
    }

    public String text(String name) {
        return text(required(name), at(name));
    }

    Optional<String> optionalText(String name) {
        return optional(name).map(value -> text(value, at(name)));
    }

    /// A text that a constructor turns into a value or refuses.
    public <T> T value(String name, Function<String, T> make) {
        return make(make, text(name), at(name));
    }

    <T> Optional<T> optionalValue(String name, Function<String, T> make) {
        return optionalText(name).map(text -> make(make, text, at(name)));
    }

    long number(String name, long min, long max) {
        return number(required(name), at(name), min, max);
    }

    boolean flag(String name) {
        return optional(name).map(value -> flag(value, at(name))).orElse(false);
    }

    JsonFields object(String name) {
        return new JsonFields(required(name), at(name));
    }

    Optional<JsonFields> optionalObject(String name) {
        return optional(name).map(value -> new JsonFields(value, at(name)));
    }

    /// A list of texts, each a value.
    <T> List<T> values(String name, int countMin, int countMax, Function<String, T> make) {
        List<T> items = new ArrayList<>();
        int index = 0;
        for (JsonNode item : array(name, countMin, countMax)) {
            String itemPath = at(name) + "[" + index++ + "]";
            items.add(make(make, text(item, itemPath), itemPath));
        }
        return Collections.unmodifiableList(items);
    }

    /// A list of objects, each read to its end.
    public <T> List<T> objects(
            String name, int countMin, int countMax, Function<JsonFields, T> read) {
        List<T> items = new ArrayList<>();
        int index = 0;
        for (JsonNode item : array(name, countMin, countMax)) {
            items.add(whole(new JsonFields(item, at(name) + "[" + index++ + "]"), read));
        }
        return Collections.unmodifiableList(items);
    }

    <T> T whole(String name, Function<JsonFields, T> read) {
        return whole(object(name), read);
    }

    /// An object whose names are values too: agents and their weights, chains and their finality.
    <K extends Comparable<? super K>, V> SortedMap<K, V> map(
            String name, int countMin, int countMax, Function<String, K> key, Entry<V> entry) {
        JsonFields fields = object(name);
        if (fields.node.size() < countMin || fields.node.size() > countMax) {
            throw wrong(fields.path, "has " + countMin + " to " + countMax + " entries");
        }
        TreeMap<K, V> items = new TreeMap<>();
        for (Map.Entry<String, JsonNode> item : fields.node.properties()) {
            K made = make(key, item.getKey(), fields.path);
            items.put(made, entry.read(fields, item.getKey()));
        }
        return Collections.unmodifiableSortedMap(items);
    }

    /// Reads one entry of a map by its name.
    interface Entry<V> {
        V read(JsonFields fields, String name);
    }

    public boolean has(String name) {
        return node.has(name);
    }

    /// Whether the value is written as a number, where a text would be another way to say it.
    boolean isNumber(String name) {
        return required(name).isNumber();
    }

    /// Any JSON object, as its text.
    Optional<String> optionalJson(String name) {
        return optional(name)
                .map(value -> {
                    if (!value.isObject()) {
                        throw wrong(at(name), "must be an object");
                    }
                    return value.toString();
                });
    }

    Wrong wrong(String name, Fault fault, String why) {
        return new Wrong(fault, at(name) + ": " + why);
    }

    Wrong invalid(String name, String why) {
        return wrong(at(name), why);
    }

    private void end() {
        for (String name : node.propertyNames()) {
            if (!asked.contains(name)) {
                throw new Wrong(Fault.UNKNOWN_FIELD, at(name) + ": there is no such field");
            }
        }
    }

    private static <T> T whole(JsonFields fields, Function<JsonFields, T> read) {
        T value = read.apply(fields);
        fields.end();
        return value;
    }

    private Iterable<JsonNode> array(String name, int countMin, int countMax) {
        JsonNode value = required(name);
        if (!value.isArray()) {
            throw wrong(at(name), "must be a list");
        }
        if (value.size() < countMin || value.size() > countMax) {
            throw wrong(at(name), "has " + countMin + " to " + countMax + " items");
        }
        return value;
    }

    private JsonNode required(String name) {
        return optional(name).orElseThrow(() -> wrong(at(name), "is missing"));
    }

    private Optional<JsonNode> optional(String name) {
        asked.add(name);
        return Optional.ofNullable(node.get(name));
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String text(JsonNode value, String path) {
        if (!value.isString()) {
            throw wrong(path, "must be a text");
        }
        return value.stringValue();
    }

    private static boolean flag(JsonNode value, String path) {
        if (!value.isBoolean()) {
            throw wrong(path, "must be true or false");
        }
        return value.booleanValue();
    }

    private static long number(JsonNode value, String path, long min, long max) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(path, "must be a whole number");
        }
        long number = value.longValue();
        if (number < min || number > max) {
            throw wrong(path, "lies between " + min + " and " + max + ", not " + number);
        }
        return number;
    }

    private static <T> T make(Function<String, T> make, String text, String path) {
        try {
            return make.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(path, String.valueOf(e.getMessage()));
        }
    }

    private static Wrong wrong(String path, String why) {
        return new Wrong(Fault.INVALID_VALUE, path + ": " + why);
    }

    private static String text(Bytes file) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(file.asBuffer()).toString();
            if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
                throw new Wrong(Fault.MALFORMED, "a byte order mark stands before the JSON");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new Wrong(Fault.MALFORMED, "the file is not UTF-8");
        }
    }

    /// Where in the file, when the parser knows.
    private static String where(JacksonException e) {
        return Optional.ofNullable(e.getLocation())
                .map(at -> " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")")
                .orElse("");
    }
}
