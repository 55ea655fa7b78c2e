package org.entente.trials.fuzz;

import org.entente.chain.industrial.Message;
import org.entente.chain.industrial.Past;
import org.entente.chain.industrial.Pledge;
import org.entente.chain.industrial.Table;
import org.entente.chain.industrial.Words;
import org.entente.light.industrial.CommitCertificate;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Settings;
import org.entente.light.industrial.Trail;
import org.entente.protocol.encoding.Format;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What nodes of an industrial chain read from each other, from their state and their disk, and
/// light clients from them.
final class IndustrialSubjects {
    private static final List<Format<?>> FORMATS =
            List.of(
                    Settings.FORMAT,
                    Sealers.FORMAT,
                    Table.FORMAT,
                    Past.FORMAT,
                    CommitCertificate.FORMAT,
                    Words.FORMAT,
                    Message.FORMAT,
                    Pledge.FORMAT,
                    Trail.FORMAT);

    private IndustrialSubjects() {}

    /// @param vectors the objects of `docs/chains/industrial.md`
    static List<Subject> all(Path vectors) throws IOException {
        JsonNode objects = new JsonMapper().readTree(Files.readString(vectors)).get("objects");
        List<Subject> subjects = new ArrayList<>();
        for (Format<?> format : FORMATS) {
            String tag = format.purpose().tag();
            subjects.add(Subject.of(tag, format, Subjects.tagged(objects, tag)));
        }
        return subjects;
    }
}
