package org.entente.chain.industrial.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.light.fixture.Sample;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `docs/vectors/industrial-data.json` pins the encodings of docs/chains/industrial-data.md.
/// Writing it anew takes `-Dvectors=write` and is a change of the format.
final class DataEncodingsTest {
    private static final Path FILE = Path.of("..", "..", "docs", "vectors", "industrial-data.json");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int CHANGE_COUNT = 200;

    @Test
    void every_object_is_that_of_the_vectors() throws IOException {
        if ("write".equals(System.getProperty("vectors"))) {
            write();
        }
        JsonNode vectors = JSON.readTree(Files.readString(FILE));
        assertThat(vectors.get("objects").size()).isEqualTo(DataSamples.all().size());
        Sample.compare(DataSamples.all(), vectors.get("objects"));
        assertThat(DataSamples.readings().encoded().hex())
                .isEqualTo(vectors.get("readings").asString());
        assertThat(DataSamples.readings().summary().orThrow().root().hex())
                .isEqualTo(vectors.get("readingsRoot").asString());
    }

    @Test
    void a_changed_object_is_refused_or_is_the_one_encoding_of_another() {
        Sample.change(DataSamples.all(), CHANGE_COUNT);
    }

    private static void write() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put(
                "about",
                "Objects of docs/chains/industrial-data.md as canonical bytes in hex; the readings"
                        + " of part-batch as they are encoded, and the root over them.");
        ObjectNode objects = root.putObject("objects");
        DataSamples.all().forEach(each -> objects.put(each.name(), each.bytes().hex()));
        root.put("readings", DataSamples.readings().encoded().hex());
        root.put("readingsRoot", DataSamples.readings().summary().orThrow().root().hex());
        Files.writeString(
                FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }
}
