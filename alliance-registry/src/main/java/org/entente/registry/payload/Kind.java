package org.entente.registry.payload;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/// What a JSON value is.
enum Kind {
    NULL,
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    ARRAY,
    OBJECT;

    /// By the word of the keyword `type`.
    static Optional<Kind> of(String word) {
        for (Kind each : values()) {
            if (each.word().equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean holds(JsonNode value) {
        return switch (this) {
            case NULL -> value.isNull();
            case BOOLEAN -> value.isBoolean();
            case INTEGER -> value.isNumber() && isWhole(value.decimalValue());
            case NUMBER -> value.isNumber();
            case STRING -> value.isString();
            case ARRAY -> value.isArray();
            case OBJECT -> value.isObject();
        };
    }

    /// 1.0 is whole, too.
    private static boolean isWhole(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }
}
