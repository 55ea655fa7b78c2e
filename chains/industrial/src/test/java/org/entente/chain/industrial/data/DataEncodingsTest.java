package org.entente.chain.industrial.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

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
        DataSamples.all().forEach(sample -> compare(sample, vectors));
        assertThat(DataSamples.readings().encoded().hex())
                .isEqualTo(vectors.get("readings").asString());
        assertThat(DataSamples.readings().summary().orThrow().root().hex())
                .isEqualTo(vectors.get("readingsRoot").asString());
    }

    private static <T> void compare(DataSamples.Sample<T> sample, JsonNode vectors) {
        Bytes bytes = Bytes.fromHex(vectors.at("/objects/" + sample.name()).asString());
        assertThat(sample.format().encode(sample.value())).as(sample.name()).isEqualTo(bytes);
        assertThat(sample.format().decode(bytes)).isEqualTo(Parsed.of(sample.value()));
        assertThat(sample.format().decode(bytes.concat(Bytes.utf8("x"))))
                .isInstanceOf(Parsed.Refused.class);
    }

    @Test
    void a_changed_object_is_refused_or_is_the_one_encoding_of_another() {
        Random random = new Random(1);
        for (DataSamples.Sample<?> sample : DataSamples.all()) {
            for (int count = 0; count < CHANGE_COUNT; count++) {
                change(sample, random);
            }
        }
    }

    private static <T> void change(DataSamples.Sample<T> sample, Random random) {
        byte[] bytes = sample.format().encode(sample.value()).toArray();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Bytes changed = Bytes.copyOf(bytes, 0, bytes.length - random.nextInt(2));
        if (sample.format().decode(changed) instanceof Parsed.Value<T>(T value)) {
            assertThat(sample.format().encode(value)).as(sample.name()).isEqualTo(changed);
        }
    }

    private static void write() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put(
                "about",
                "Objects of docs/chains/industrial-data.md as canonical bytes in hex; the readings"
                        + " of part-batch as they are encoded, and the root over them.");
        ObjectNode objects = root.putObject("objects");
        DataSamples.all().forEach(sample -> put(sample, objects));
        root.put("readings", DataSamples.readings().encoded().hex());
        root.put("readingsRoot", DataSamples.readings().summary().orThrow().root().hex());
        Files.writeString(
                FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private static <T> void put(DataSamples.Sample<T> sample, ObjectNode to) {
        to.put(sample.name(), sample.format().encode(sample.value()).hex());
    }
}
