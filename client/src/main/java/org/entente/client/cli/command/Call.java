package org.entente.client.cli.command;

import org.entente.client.Unusable;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// One use of a command: the values that were given, and the world it happens in.
public final class Call {
    private final SortedMap<String, List<Object>> values;
    private final World world;
    private final Progress progress;

    Call(SortedMap<String, List<Object>> values, World world, Progress progress) {
        this.values = values;
        this.world = world;
        this.progress = progress;
    }

    public World world() {
        return world;
    }

    /// Where long work says how far it is.
    public Progress progress() {
        return progress;
    }

    public <T> T value(Parameter<T> parameter) throws Unusable {
        Optional<T> value = optional(parameter);
        if (value.isEmpty()) {
            throw new Unusable(parameter.name() + " is needed here", "Add " + written(parameter));
        }
        return value.get();
    }

    public <T> T value(Parameter<T> parameter, T fallback) {
        return optional(parameter).orElse(fallback);
    }

    public <T> Optional<T> optional(Parameter<T> parameter) {
        return all(parameter).stream().findFirst();
    }

    /// The values were made by this parameter's own function when the line was read.
    @SuppressWarnings("unchecked")
    public <T> List<T> all(Parameter<T> parameter) {
        return (List<T>) values.getOrDefault(parameter.name(), List.of());
    }

    public boolean has(Parameter<?> parameter) {
        return values.containsKey(parameter.name());
    }

    /// For commands that take one of several: which one it is must be plain.
    public void exactlyOne(Parameter<?>... alternatives) throws Unusable {
        List<String> names = java.util.Arrays.stream(alternatives).map(Call::written).toList();
        long given = java.util.Arrays.stream(alternatives).filter(this::has).count();
        if (given != 1) {
            throw new Unusable(
                    (given == 0 ? "one of " : "only one of ")
                            + String.join(", ", names)
                            + " is needed, "
                            + (given == 0 ? "none" : "several")
                            + " given",
                    "Give exactly one of them.");
        }
    }

    private static String written(Parameter<?> parameter) {
        return parameter.form() == Parameter.Form.OPTION
                ? parameter.name() + " " + parameter.label()
                : parameter.name();
    }
}
