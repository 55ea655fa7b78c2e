package org.entente.runtime.config;

import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

/// What reading a configuration gives: the value, or everything that is wrong with it.
public sealed interface Configured<T> {
    record Ready<T>(T value) implements Configured<T> {}

    record Faulty<T>(ConfigurationProblems problems) implements Configured<T> {}

    /// For a process that starts: it does not start with a mistake.
    default T orRefuse() throws StartRefused {
        return switch (this) {
            case Ready<T>(T value) -> value;
            case Faulty<T>(ConfigurationProblems problems) ->
                    throw new StartRefused(
                            ExitCode.USAGE,
                            problems.problems().size()
                                    + (problems.problems().size() == 1 ? " mistake" : " mistakes")
                                    + " in the configuration\n"
                                    + problems.describe());
        };
    }
}
