package org.entente.trials.fuzz;

import org.entente.chain.por.Message;
import org.entente.chain.por.PorBlock;
import org.entente.chain.por.Proposal;
import org.entente.chain.por.Words;
import org.entente.light.por.BlockHeader;
import org.entente.light.por.Certificate;
import org.entente.light.por.Creation;
import org.entente.light.por.Rules;
import org.entente.light.por.Settings;
import org.entente.light.por.Trail;
import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Format;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What nodes of a chain by proof of rest read from each other, and light clients from them.
final class PorSubjects {
    private static final List<Format<?>> FORMATS =
            List.of(
                    Settings.FORMAT,
                    Rules.FORMAT,
                    Creation.FORMAT,
                    Certificate.FORMAT,
                    Trail.FORMAT,
                    Words.FORMAT,
                    Proposal.FORMAT,
                    Message.FORMAT);

    private PorSubjects() {}

    /// @param vectors the objects of `docs/chains/por.md`
    static List<Subject> all(Path vectors) throws IOException {
        JsonNode read = new JsonMapper().readTree(Files.readString(vectors));
        Bytes block = Bytes.fromHex(read.get("block").asString());
        List<Subject> subjects = new ArrayList<>();
        subjects.add(
                new Subject(
                        "por/header",
                        List.of(block.slice(4, 4 + BlockHeader.SIZE_BYTES)),
                        PorSubjects::header));
        subjects.add(Subject.of("por/block", List.of(block), PorBlock::of, PorBlock::bytes));
        for (Format<?> format : FORMATS) {
            String tag = format.purpose().tag();
            subjects.add(Subject.of(tag, format, Subjects.tagged(read.get("objects"), tag)));
        }
        return subjects;
    }

    /// Whoever reads one has taken its bytes out of something of a known size.
    private static Optional<Bytes> header(Bytes bytes) {
        return bytes.size() == BlockHeader.SIZE_BYTES
                ? Optional.of(BlockHeader.of(bytes).bytes())
                : Optional.empty();
    }
}
