package org.entente.client;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/// JSON files that people hand to each other: `entente` says what it is, fields are known or
/// refused, bytes are Base64 in its one form.
final class PortableJson {
    static final String KIND = "entente";

    private PortableJson() {}

    static ObjectNode of(String kind) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(KIND, kind);
        return json;
    }

    static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    static void put(ObjectNode json, String name, List<Bytes> items) {
        ArrayNode array = json.putArray(name);
        items.forEach(item -> array.add(base64(item)));
    }

    static Bytes text(ObjectNode json) {
        return Bytes.utf8(json + "\n");
    }

    @FunctionalInterface
    interface Reading<T> {
        Parsed<T> read(JsonNode json) throws Json.Unexpected;
    }

    static <T> Parsed<T> read(
            Bytes file, String kind, Collection<String> fields, Reading<T> reading) {
        try {
            JsonNode json = Json.read(file);
            for (String name : json.propertyNames()) {
                if (!name.equals(KIND) && !fields.contains(name)) {
                    return Parsed.refused(Fault.UNKNOWN_FIELD, "the field '" + name + "'");
                }
            }
            String found = Json.text(json, KIND);
            return found.equals(kind)
                    ? reading.read(json)
                    : Parsed.refused(Fault.INVALID_VALUE, "it is '" + found + "', not " + kind);
        } catch (Json.Unexpected | IllegalArgumentException e) {
            return Parsed.refused(Fault.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    static Bytes bytes(JsonNode json, String name) throws Json.Unexpected {
        return bytes(Json.text(json, name), name);
    }

    static List<Bytes> list(JsonNode json, String name) throws Json.Unexpected {
        JsonNode array = json.path(name);
        if (!array.isArray()) {
            throw new Json.Unexpected("the field '" + name + "' is no list");
        }
        List<Bytes> items = new ArrayList<>();
        for (JsonNode each : array) {
            if (!each.isString()) {
                throw new Json.Unexpected("'" + name + "' holds what is no text");
            }
            items.add(bytes(each.stringValue(), name));
        }
        return items;
    }

    private static Bytes bytes(String text, String name) throws Json.Unexpected {
        try {
            Bytes bytes = Bytes.copyOf(Base64.getDecoder().decode(text));
            if (!base64(bytes).equals(text)) {
                throw new Json.Unexpected("'" + name + "' is not Base64 in its one form");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new Json.Unexpected("'" + name + "' is not Base64: " + e.getMessage());
        }
    }
}
