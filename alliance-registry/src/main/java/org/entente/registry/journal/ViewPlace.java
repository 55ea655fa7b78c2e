package org.entente.registry.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where the view's database stands: an embedded one in a folder of its own.
public record ViewPlace(Path folder) {
    private static final String NAME = "registry";
    private static final List<String> FILES = List.of(NAME + ".mv.db", NAME + ".trace.db");

    public ViewPlace {
        folder = folder.toAbsolutePath().normalize();
        if (folder.toString().contains(";")) {
            throw new IllegalArgumentException(
                    "a database cannot stand in a folder with ; in its name: " + folder);
        }
    }

    /// PostgreSQL's reading of names and types, so that one SQL serves both. `async:` because an
    /// interrupted reader would otherwise close the file for all.
    String url() {
        return "jdbc:h2:async:"
                + folder.resolve(NAME)
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    }

    boolean exists() {
        return FILES.stream().anyMatch(file -> Files.exists(folder.resolve(file)));
    }

    /// Removes the database's own files and nothing else.
    void erase() throws IOException {
        for (String file : FILES) {
            Files.deleteIfExists(folder.resolve(file));
        }
    }
}
