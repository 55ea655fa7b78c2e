package org.entente.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.entente.protocol.encoding.Format;
import org.entente.protocol.fixture.Samples;
import org.entente.protocol.fixture.Samples.Sample;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// `docs/vectors/encodings.json` pins every encoding of this module. Writing it anew takes
/// `-Dvectors=write` and is a change of the protocol.
class VectorsTest {
    private static final Path FILE = Path.of("..", "docs", "vectors", "encodings.json");
    private static final JsonMapper JSON = new JsonMapper();

    @TestFactory
    Stream<DynamicTest> every_object_has_the_bytes_and_the_digest_of_its_vector()
            throws IOException {
        if ("write".equals(System.getProperty("vectors"))) {
            write();
        }
        JsonNode vectors = JSON.readTree(Files.readString(FILE)).get("accepted");
        assertThat(vectors.size()).isEqualTo(Samples.all().size());
        return Samples.all().stream()
                .map(sample ->
                        DynamicTest.dynamicTest(sample.name(), () -> compare(sample, vectors)));
    }

    @Test
    void every_refused_vector_is_refused() throws IOException {
        Map<String, Format<?>> formats = new HashMap<>();
        Samples.all()
                .forEach(sample -> formats.put(sample.format().purpose().tag(), sample.format()));
        JsonNode refused = JSON.readTree(Files.readString(FILE)).get("refused");
        assertThat(refused.size()).isGreaterThan(10);
        for (JsonNode vector : refused) {
            Format<?> format = requireNonNull(formats.get(vector.get("purpose").asString()));
            Parsed<?> parsed = format.decode(Bytes.fromHex(vector.get("bytes").asString()));
            assertThat(parsed).as(vector.get("why").asString()).isInstanceOf(Parsed.Refused.class);
            assertThat(parsed.verdict().toString()).contains(vector.get("says").asString());
        }
    }

    private static <T> void compare(Sample<T> sample, JsonNode vectors) {
        JsonNode vector = vectors.get(sample.name());
        Bytes bytes = Bytes.fromHex(vector.get("bytes").asString());
        assertThat(sample.encoded()).isEqualTo(bytes);
        assertThat(sample.digest().hex()).isEqualTo(vector.get("digest").asString());
        assertThat(sample.format().decode(bytes)).isEqualTo(Parsed.of(sample.value()));
    }

    private static void write() throws IOException {
        var root = JSON.createObjectNode();
        root.put(
                "about",
                "Each object of docs/protocol.md §5 as canonical bytes (hex) and its SHA-256"
                        + " digest. A reader must refuse what stands under refused.");
        var accepted = root.putObject("accepted");
        for (Sample<?> sample : Samples.all()) {
            var vector = accepted.putObject(sample.name());
            vector.put("purpose", sample.format().purpose().tag());
            vector.put("value", String.valueOf(sample.value()));
            vector.put("bytes", sample.encoded().hex());
            vector.put("digest", sample.digest().hex());
        }
        var refused = root.putArray("refused");
        for (Refusals.Refusal refusal : Refusals.all()) {
            var vector = refused.addObject();
            vector.put("purpose", refusal.purpose().tag());
            vector.put("why", refusal.why());
            vector.put("says", refusal.says());
            vector.put("bytes", refusal.bytes().hex());
        }
        Files.createDirectories(FILE.getParent());
        Files.writeString(
                FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }
}
