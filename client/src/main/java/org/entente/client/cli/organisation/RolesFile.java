package org.entente.client.cli.organisation;

import org.entente.client.PrivateFile;
import org.entente.protocol.Name;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Which roles the organisation gave its nodes: lines `node = a,b` in the file `roles` of its
/// directory, which its agent reads.
final class RolesFile {
    private static final String FILE = "roles";

    private RolesFile() {}

    /// Replaces what the node had.
    static Path grant(Path home, Name node, List<Name> roles) throws IOException {
        Path file = home.resolve(FILE);
        SortedMap<String, String> lines = new TreeMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    lines.put(
                            line.substring(0, equals).strip(), line.substring(equals + 1).strip());
                }
            }
        }
        lines.put(
                node.text(),
                roles.stream()
                        .sorted()
                        .distinct()
                        .map(Name::text)
                        .collect(Collectors.joining(",")));
        PrivateFile.write(
                file,
                lines.entrySet().stream()
                        .map(line -> line.getKey() + " = " + line.getValue() + "\n")
                        .collect(Collectors.joining()));
        return file;
    }
}
