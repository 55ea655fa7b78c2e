package org.entente.registry.payload;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A flow's JSON Schema for its payloads, which every host and endorser applies to each value
/// before it signs (protocol.md §4.1).
///
/// Left out of the language, and refused when the contract is read: `pattern`, whose cost cannot be
/// bounded; references, which can turn in circles; `format`, which implementations read
/// differently. So a check costs no more than the sizes of schema and value multiplied.
public final class PayloadSchema {
    public static final int DEPTH_MAX = 64;
    private static final int NUMBER_LENGTH_MAX = 100;
    private static final JsonMapper STRICT =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .maxNumberLength(NUMBER_LENGTH_MAX)
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final String text;
    private final Rule rule;

    private PayloadSchema(String text, Rule rule) {
        this.text = text;
        this.rule = rule;
    }

    /// @param text one JSON object
    public static Parsed<PayloadSchema> parse(String text) {
        try {
            return Parsed.of(
                    new PayloadSchema(text, RuleReader.read(STRICT.readTree(text), "the schema")));
        } catch (JacksonException e) {
            return Parsed.refused(Fault.MALFORMED, e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return Parsed.refused(Fault.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }

    public String text() {
        return text;
    }

    /// Whether a payload is as the parties agreed; names the first place where it is not.
    public Verdict check(Bytes payload) {
        try {
            JsonNode value = STRICT.readTree(utf8(payload));
            if (value == null || value.isMissingNode()) {
                return unfit("the payload is empty");
            }
            Optional<String> broken = rule.broken(value, "");
            return broken.<Verdict>map(PayloadSchema::unfit).orElseGet(Verdict::accepted);
        } catch (CharacterCodingException e) {
            return unfit("the payload is no text in UTF-8");
        } catch (JacksonException e) {
            return unfit("the payload is no JSON: " + e.getOriginalMessage());
        }
    }

    private static String utf8(Bytes payload) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(payload.asBuffer()).toString();
    }

    private static Verdict.Rejected unfit(String why) {
        return Verdict.rejected(Fault.PAYLOAD_UNFIT, why);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PayloadSchema schema && text.equals(schema.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
