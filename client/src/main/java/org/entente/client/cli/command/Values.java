package org.entente.client.cli.command;

import org.entente.client.Unusable;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ParseResult;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Texts of the command line → values, each by its parameter's own function.
final class Values {
    private Values() {}

    static SortedMap<String, List<Object>> read(Command command, ParseResult parsed)
            throws Unusable {
        SortedMap<String, List<Object>> values = new TreeMap<>();
        int index = 0;
        for (Parameter<?> parameter : command.usage().parameters()) {
            List<String> texts =
                    switch (parameter.form()) {
                        case OPTION -> matched(parsed, parameter);
                        case FLAG ->
                                parsed.hasMatchedOption(parameter.name()) ? List.of("") : List.of();
                        case ARGUMENT -> {
                            @Nullable String none = null;
                            @Nullable String text = parsed.matchedPositionalValue(index++, none);
                            yield text == null ? List.of() : List.of(text);
                        }
                        case ARGUMENTS -> parsed.matchedPositionalValue(index++, List.<String>of());
                    };
            List<Object> read = new ArrayList<>();
            for (String text : texts) {
                read.add(read(command, parameter, text));
            }
            if (!read.isEmpty()) {
                values.put(parameter.name(), read);
            }
        }
        return values;
    }

    private static List<String> matched(ParseResult parsed, Parameter<?> parameter) {
        return parsed.hasMatchedOption(parameter.name())
                ? List.of(parsed.matchedOptionValue(parameter.name(), ""))
                : List.of();
    }

    private static <T> T read(Command command, Parameter<T> parameter, String text)
            throws Unusable {
        try {
            return parameter.read().apply(text);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new Unusable(
                    parameter.name() + ": " + e.getMessage(),
                    "Correct " + parameter.name() + ", for instance: " + command.usage().example());
        }
    }
}
