package org.entente.launcher.app.demo;

import org.entente.client.Unusable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The program's own script, which starts each process with the class path of its room.
public record Script(Path file, Path folder) {
    /// Set by the script.
    private static final String VARIABLE = "ENTENTE_SCRIPT";

    public static Script found(Path folder) throws Unusable {
        return new Script(
                Optional.ofNullable(System.getenv(VARIABLE))
                        .map(Path::of)
                        .orElseThrow(() ->
                                new Unusable(
                                        "the demo starts processes by the script ./entente",
                                        "Start it by that: ./entente demo")),
                folder);
    }

    ProcessBuilder builder(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(file.toString()));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().put("ENTENTE_NO_BUILD", "1");
        return builder;
    }
}
