package org.entente.runtime.json;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;
import tools.jackson.databind.type.LogicalType;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads JSON strictly and writes it.
public final class Json {
    public static final int DEPTH_MAX = 64;
    private static final int NUMBER_LENGTH_MAX = 100;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH_MAX + 1)
                                    .maxNumberLength(NUMBER_LENGTH_MAX)
                                    .build())
                    .build();

    /// The protocol's values are written as their texts, not as the records that they are inside.
    static final List<Class<?>> TEXTS =
            List.of(
                    AllianceId.class,
                    ChainId.class,
                    Digest.class,
                    Name.class,
                    NodeId.class,
                    OrganisationId.class,
                    Signature.class,
                    VerifyingKey.class);

    private static final JsonMapper MAPPER =
            JsonMapper.builder(FACTORY)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .withCoercionConfig(LogicalType.Textual, Json::refuseOthers)
                    .addModule(values())
                    .build();

    private Json() {}

    /// @param sizeMax in bytes
    public static Parsed<JsonNode> read(Bytes json, int sizeMax) {
        return read(json, sizeMax, JsonNode.class);
    }

    /// Into a record: each of its fields once, no other; what its constructor refuses is
    /// INVALID_VALUE.
    public static <T> Parsed<T> read(Bytes json, int sizeMax, Class<T> type) {
        if (json.size() > sizeMax) {
            return Parsed.refused(Fault.TOO_LARGE, "JSON of at most " + sizeMax + " bytes");
        }
        return text(json).then(text -> Scan.check(FACTORY, text)).then(text -> value(text, type));
    }

    public static Bytes write(Object value) {
        return Bytes.copyOf(MAPPER.writeValueAsBytes(value));
    }

    /// A number is no text: left alone, Jackson would read 7 as "7".
    private static void refuseOthers(MutableCoercionConfig texts) {
        texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    /// UTF-8 and nothing else: left alone, Jackson would guess UTF-16 and UTF-32.
    private static Parsed<String> text(Bytes json) {
        try {
            return Parsed.of(
                    StandardCharsets.UTF_8.newDecoder().decode(json.asBuffer()).toString());
        } catch (CharacterCodingException e) {
            return Parsed.refused(Fault.MALFORMED, "JSON is UTF-8");
        }
    }

    private static <T> Parsed<T> value(String text, Class<T> type) {
        try {
            T value = MAPPER.readValue(text, type);
            return value == null
                    ? Parsed.refused(Fault.INVALID_VALUE, "null is no value")
                    : Parsed.of(value);
        } catch (UnrecognizedPropertyException e) {
            return Parsed.refused(
                    Fault.UNKNOWN_FIELD,
                    e.getPropertyName() + " is none of " + e.getKnownPropertyIds());
        } catch (ValueInstantiationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Parsed.refused(Fault.INVALID_VALUE, String.valueOf(cause.getMessage()));
        } catch (StreamConstraintsException e) {
            return Parsed.refused(Fault.TOO_LARGE, e.getOriginalMessage());
        } catch (JacksonException e) {
            return Parsed.refused(Fault.INVALID_VALUE, e.getOriginalMessage());
        }
    }

    private static SimpleModule values() {
        SimpleModule module = new SimpleModule();
        module.addSerializer(Bytes.class, new BytesSerializer());
        TEXTS.forEach(type -> module.addSerializer(type, ToStringSerializer.instance));
        return module;
    }
}
