package org.entente.trials.fuzz;

import org.entente.chain.industrial.data.DataDeed;
import org.entente.chain.industrial.data.DataHead;
import org.entente.chain.industrial.data.DataRecord;
import org.entente.chain.industrial.data.DataRequest;
import org.entente.chain.industrial.data.DeviceWord;
import org.entente.chain.industrial.data.Grant;
import org.entente.chain.industrial.data.Part;
import org.entente.chain.industrial.data.Readings;
import org.entente.chain.industrial.data.SeriesHead;
import org.entente.chain.industrial.data.ShownChunk;
import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Format;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What anybody tells the contract for industrial data, and what is read back from it.
final class DataSubjects {
    private static final List<Format<?>> FORMATS =
            List.of(
                    DataRecord.FORMAT,
                    DataHead.FORMAT,
                    Grant.FORMAT,
                    SeriesHead.FORMAT,
                    DeviceWord.Said.FORMAT,
                    Part.FORMAT,
                    DataDeed.FORMAT,
                    ShownChunk.FORMAT,
                    DataRequest.FORMAT);

    private DataSubjects() {}

    /// @param vectors the objects of `docs/chains/industrial-data.md`
    static List<Subject> all(Path vectors) throws IOException {
        JsonNode read = new JsonMapper().readTree(Files.readString(vectors));
        List<Subject> subjects = new ArrayList<>();
        for (Format<?> format : FORMATS) {
            String tag = format.purpose().tag();
            subjects.add(Subject.of(tag, format, Subjects.tagged(read.get("objects"), tag)));
        }
        subjects.add(
                Subject.of(
                        "icb/readings",
                        List.of(Bytes.fromHex(read.get("readings").asString())),
                        Readings::decode,
                        Readings::encoded));
        return subjects;
    }
}
