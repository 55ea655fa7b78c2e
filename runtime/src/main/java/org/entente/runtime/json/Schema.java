package org.entente.runtime.json;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a value looks that [Json] writes: a JSON schema as OpenAPI 3.1 has it. It is read off the
/// record, so that it names each of its fields and no other.
public record Schema(JsonNode json) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// Of one record.
    public static Schema of(Class<?> type) {
        return new Schema(written(type));
    }

    /// Of a list of records.
    public static Schema list(Class<?> item) {
        ObjectNode array = typed("array");
        array.set("items", written(item));
        return new Schema(array);
    }

    private static ObjectNode typed(String type) {
        return NODES.objectNode().put("type", type);
    }

    private static ObjectNode written(Type type) {
        return switch (type) {
            case Class<?> plain -> written(plain);
            case ParameterizedType generic -> written(generic);
            default -> throw new IllegalArgumentException("no schema of " + type);
        };
    }

    private static ObjectNode written(ParameterizedType type) {
        Type[] inner = type.getActualTypeArguments();
        Class<?> outer = (Class<?>) type.getRawType();
        if (outer == Optional.class) {
            ObjectNode either = NODES.objectNode();
            either.putArray("anyOf").add(written(inner[0])).add(typed("null"));
            return either;
        }
        if (Collection.class.isAssignableFrom(outer)) {
            ObjectNode array = typed("array");
            array.set("items", written(inner[0]));
            return array;
        }
        if (Map.class.isAssignableFrom(outer)) {
            ObjectNode object = typed("object");
            object.set("additionalProperties", written(inner[1]));
            return object;
        }
        throw new IllegalArgumentException("no schema of " + type);
    }

    private static ObjectNode written(Class<?> type) {
        if (type == Bytes.class) {
            return typed("string").put("pattern", "^([0-9a-f]{2})*$");
        }
        if (type == Digest.class) {
            return typed("string").put("pattern", "^[0-9a-f]{64}$");
        }
        if (type == String.class || Json.TEXTS.contains(type)) {
            return typed("string");
        }
        if (type.isEnum()) {
            ObjectNode text = typed("string");
            ArrayNode words = text.putArray("enum");
            for (Object each : type.getEnumConstants()) {
                words.add(each.toString());
            }
            return text;
        }
        if (type.isRecord()) {
            return object(type);
        }
        return typed(number(type));
    }

    private static String number(Class<?> type) {
        if (List.of(int.class, long.class, Integer.class, Long.class).contains(type)) {
            return "integer";
        }
        if (List.of(double.class, Double.class, BigDecimal.class).contains(type)) {
            return "number";
        }
        if (List.of(boolean.class, Boolean.class).contains(type)) {
            return "boolean";
        }
        throw new IllegalArgumentException("no schema of " + type);
    }

    private static ObjectNode object(Class<?> type) {
        if (type.isAnnotationPresent(JsonInclude.class)) {
            throw new IllegalArgumentException(type + " leaves fields out");
        }
        ObjectNode object = typed("object");
        ArrayNode required = object.putArray("required");
        ObjectNode properties = object.putObject("properties");
        for (RecordComponent each : type.getRecordComponents()) {
            required.add(each.getName());
            properties.set(each.getName(), written(each.getGenericType()));
        }
        return object;
    }
}
