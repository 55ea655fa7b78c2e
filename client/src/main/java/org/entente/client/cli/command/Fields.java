package org.entente.client.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A JSON object while an answer is made: names in the order they were given.
public final class Fields {
    private final Map<String, Object> content = new LinkedHashMap<>();

    private Fields() {}

    public static Fields empty() {
        return new Fields();
    }

    public static Fields of(String name, Object value) {
        return new Fields().and(name, value);
    }

    /// @param value a number, a boolean, other fields, a collection of such, an `Optional`, which
    ///   is left out when empty, or anything whose `toString` is its text
    public Fields and(String name, Object value) {
        if (!(value instanceof Optional<?> optional)) {
            content.put(name, value);
        } else if (optional.isPresent()) {
            content.put(name, optional.get());
        }
        return this;
    }

    Map<String, Object> content() {
        return content;
    }

    @Override
    public String toString() {
        return content.toString();
    }
}
