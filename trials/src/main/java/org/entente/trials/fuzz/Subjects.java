package org.entente.trials.fuzz;

import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.AttestationBatch;
import org.entente.protocol.exchange.AttestedReads;
import org.entente.protocol.exchange.EndorsementBatch;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.ExchangeName;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.ReadSet;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Submission;
import org.entente.protocol.exchange.WriteSet;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Seal;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every decoder that reads bytes from outside, with sound inputs from `docs/vectors/`.
public final class Subjects {
    private static final List<Format<?>> FORMATS =
            List.of(
                    Request.FORMAT,
                    ExchangeName.FORMAT,
                    ReadSet.FORMAT,
                    WriteSet.FORMAT,
                    Proposal.FORMAT,
                    EndorsementBatch.FORMAT,
                    AttestationBatch.FORMAT,
                    Submission.FORMAT,
                    Evidence.FORMAT,
                    AttestedReads.FORMAT,
                    Entry.FORMAT,
                    Seal.FORMAT);

    private Subjects() {}

    /// @param vectors the folder `docs/vectors`
    public static List<Subject> all(Path vectors) throws IOException {
        Map<String, List<Bytes>> seeds = encodings(vectors.resolve("encodings.json"));
        List<Subject> subjects = new ArrayList<>();
        for (Format<?> format : FORMATS) {
            String tag = format.purpose().tag();
            subjects.add(Subject.of(tag, format, seeds.getOrDefault(tag, List.of())));
        }
        return List.copyOf(subjects);
    }

    /// The accepted vectors of a file, by the tag of their purpose.
    private static Map<String, List<Bytes>> encodings(Path file) throws IOException {
        Map<String, List<Bytes>> byTag = new TreeMap<>();
        for (JsonNode vector :
                new JsonMapper().readTree(Files.readString(file)).get("accepted").values()) {
            byTag.computeIfAbsent(vector.get("purpose").asString(), _ -> new ArrayList<>())
                    .add(Bytes.fromHex(vector.get("bytes").asString()));
        }
        return byTag;
    }
}
