package org.entente.launcher.app.demo;

import org.entente.client.Unusable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The program's own script, which starts each process with the class path of its room.
///
/// @param options of the processes' JVMs
public record Script(Path file, Path folder, List<String> options) {
    /// Many processes on one machine that each do little: what makes a busy one fast costs all of
    /// them time and memory.
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m");

    /// Passwords of key files here are random, so that hashing each ten thousand times, which is
    /// for those that people think of, only takes time.
    private static final List<String> KEY_FILES =
            Stream.of("keyPbe", "certPbe", "mac")
                    .map(each -> "keystore.pkcs12." + each + "IterationCount=100")
                    .toList();

    /// Set by the script.
    private static final String VARIABLE = "ENTENTE_SCRIPT";

    public Script {
        options = List.copyOf(options);
    }

    /// Processes as everywhere.
    public Script(Path file, Path folder) {
        this(file, folder, List.of());
    }

    /// That which this process was started by; for small processes.
    public static Script found(Path folder) throws Unusable {
        return new Script(
                Optional.ofNullable(System.getenv(VARIABLE))
                        .map(Path::of)
                        .orElseThrow(() ->
                                new Unusable(
                                        "the demo starts processes by the script ./entente",
                                        "Start it by that: ./entente demo")),
                folder,
                SMALL);
    }

    /// The same for the key files that this process makes.
    static void makeKeyFilesQuickly() {
        for (String property : KEY_FILES) {
            String[] parts = property.split("=", 2);
            System.setProperty(parts[0], parts[1]);
        }
    }

    public ProcessBuilder builder(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(file.toString()));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().put("ENTENTE_NO_BUILD", "1");
        builder.environment()
                .merge(
                        "ENTENTE_JAVA_OPTIONS",
                        Stream.concat(KEY_FILES.stream().map(it -> "-D" + it), options.stream())
                                .collect(Collectors.joining(" ")),
                        (own, ours) -> own + " " + ours);
        return builder;
    }
}
