package org.entente.chain.industrial.register;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.industrial.register.order.Bundle;
import org.entente.chain.industrial.register.order.OrderDeed;
import org.entente.light.fixture.Sample;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `docs/vectors/industrial-registers.json` pins the encodings of
/// docs/chains/industrial-registers.md. Writing it anew takes `-Dvectors=write` and is a change of
/// the format.
final class RegisterEncodingsTest {
    private static final Path VECTORS = Path.of("..", "..", "docs", "vectors");
    private static final Path FILE = VECTORS.resolve("industrial-registers.json");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int CHANGE_COUNT = 100;
    private final RegisterSamples samples;

    RegisterEncodingsTest() throws IOException {
        samples = new RegisterSamples(VECTORS.resolve("certificates.txt"));
    }

    @Test
    void every_object_is_that_of_the_vectors() throws IOException {
        if ("write".equals(System.getProperty("vectors"))) {
            write();
        }
        JsonNode vectors = JSON.readTree(Files.readString(FILE));
        assertThat(vectors.get("objects").size()).isEqualTo(samples.all().size() + 1);
        Sample.compare(samples.all(), vectors.get("objects"));
    }

    /// Its signatures are others each time it is made.
    @Test
    void the_bundle_of_the_vectors_holds() throws IOException {
        Bytes bytes =
                Bytes.fromHex(
                        JSON.readTree(Files.readString(FILE)).at("/objects/bundle").asString());
        Bundle bundle = Bundle.FORMAT.decode(bytes).orThrow();
        assertThat(Bundle.FORMAT.encode(bundle)).isEqualTo(bytes);
        assertThat(bundle.verify(_ -> Verdict.accepted(), Town.VERIFIER).verdict().isAccepted())
                .isTrue();
    }

    @Test
    void a_changed_object_is_refused_or_is_the_one_encoding_of_another() {
        Sample.change(samples.all(), CHANGE_COUNT);
    }

    private void write() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put(
                "about",
                "Objects of docs/chains/industrial-registers.md as canonical bytes in hex. Keys and"
                        + " signatures are not all of one person; those of the bundle hold.");
        ObjectNode objects = root.putObject("objects");
        samples.all().forEach(each -> objects.put(each.name(), each.bytes().hex()));
        objects.put("bundle", Bundle.FORMAT.encode(bundle()).hex());
        Files.writeString(
                FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private static Bundle bundle() {
        Town town = Town.peopled();
        Digest id =
                new Digest(
                        town.done(
                                        town.mill.account(),
                                        new OrderDeed.Create(
                                                town.press.id(),
                                                town.audit.id(),
                                                Digest.ZERO,
                                                "40 gears"))
                                .output());
        town.done(town.audit.account(), new OrderDeed.Audit(id, "yearly audit"));
        return Bundle.of(id, town.ledger(), town.press.account()).orThrow();
    }
}
