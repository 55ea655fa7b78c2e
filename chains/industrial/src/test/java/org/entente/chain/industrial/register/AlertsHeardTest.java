package org.entente.chain.industrial.register;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.chain.Block;
import org.entente.chain.Genesis;
import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.AlertDeed;
import org.entente.chain.industrial.register.alert.Lookout;
import org.entente.chain.industrial.register.device.DeviceDeed;
import org.entente.chain.industrial.store.AlertFile;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.runtime.logging.LogFormat;
import org.entente.runtime.logging.Logging;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;

/// `docs/vectors/industrial-alerts.json` pins the file `alerts.heard` of
/// docs/chains/industrial-registers.md §6.6. Writing it anew takes `-Dvectors=write` and is a
/// change of the format.
final class AlertsHeardTest {
    private static final Path VECTORS =
            Path.of("..", "..", "docs", "vectors", "industrial-alerts.json");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = "alerts.heard";
    private static final int CUT_EVERY_BYTES = 7;
    private static final int CHANGE_COUNT = 2_000;

    @TempDir private Path directory;
    private JsonNode vectors;
    private AlertFile file;

    /// The file as the vectors have it, but for its checksum.
    private byte[] content;

    /// Each that is damaged is a WARN.
    @BeforeAll
    static void quiet() {
        Logging.configure(LogFormat.TEXT, Level.ERROR);
    }

    @BeforeEach
    void read() throws IOException {
        if ("write".equals(System.getProperty("vectors"))) {
            write();
        }
        vectors = JSON.readTree(Files.readString(VECTORS));
        byte[] whole = bytes("file").toArray();
        content = Arrays.copyOf(whole, whole.length - Integer.BYTES);
        file = new AlertFile(directory, Genesis.FORMAT.decode(bytes("genesis")).orThrow());
    }

    private Bytes bytes(String name) {
        return Bytes.fromHex(vectors.path(name).asString());
    }

    private Optional<AlertFile.Heard> heard(byte[] bytes) throws IOException {
        Files.write(directory.resolve(FILE), bytes);
        return file.read();
    }

    /// With the checksum that it should have.
    private static byte[] sealed(byte[] content) {
        CRC32C sum = new CRC32C();
        sum.update(content);
        return ByteBuffer.allocate(content.length + Integer.BYTES)
                .put(content)
                .putInt((int) sum.getValue())
                .array();
    }

    @Test
    void the_file_of_the_vectors_is_read_and_written_again_the_same() throws IOException {
        byte[] whole = bytes("file").toArray();
        assertThat(sealed(content)).isEqualTo(whole);
        AlertFile.Heard heard = heard(whole).orElseThrow();
        assertThat(Lookout.format(file.genesis()).encode(heard.lookout()))
                .isEqualTo(bytes("lookout"));
        assertThat(heard.lookout().height()).isEqualTo(vectors.path("height").asLong());
        assertThat(heard.first()).isEqualTo(vectors.path("first").asLong());
        assertThat(heard.alerts().stream().map(each -> Alert.FORMAT.encode(each).hex()))
                .containsExactlyElementsOf(
                        vectors.path("alerts").valueStream().map(JsonNode::asString).toList());
        Files.delete(directory.resolve(FILE));
        file.write(heard);
        assertThat(Files.readAllBytes(directory.resolve(FILE))).isEqualTo(whole);
    }

    @Test
    void one_that_is_cut_or_goes_on_or_was_changed_counts_for_nothing() throws IOException {
        byte[] whole = bytes("file").toArray();
        for (int size = 0; size < whole.length; size += CUT_EVERY_BYTES) {
            assertThat(heard(Arrays.copyOf(whole, size))).as("cut to " + size).isEmpty();
            byte[] changed = whole.clone();
            changed[size] ^= 4;
            assertThat(heard(changed)).as("changed at " + size).isEmpty();
        }
        assertThat(heard(Arrays.copyOf(whole, whole.length - 1))).isEmpty();
        assertThat(heard(Arrays.copyOf(whole, whole.length + 1))).isEmpty();
    }

    @Test
    void one_of_another_chain_counts_for_nothing() throws IOException {
        file = new AlertFile(directory, Town.peopled().ledger().genesis());
        assertThat(heard(bytes("file").toArray())).isEmpty();
    }

    @Test
    void numbers_that_cannot_be_are_refused_under_a_checksum_that_holds() throws IOException {
        int first = 2 * Integer.BYTES + Integer.BYTES + bytes("lookout").size();
        assertThat(heard(sealed(content))).isPresent();
        assertThat(heard(sealed(with(first, 0L)))).isEmpty();
        assertThat(heard(sealed(with(first, -1L)))).isEmpty();
        byte[] none = Arrays.copyOf(content, first + Long.BYTES + Integer.BYTES);
        for (int count : List.of(-1, 1, AlertFile.COUNT_MAX + 1)) {
            ByteBuffer.wrap(none).putInt(first + Long.BYTES, count);
            assertThat(heard(sealed(none))).as(count + " alerts").isEmpty();
        }
        ByteBuffer.wrap(none).putInt(first + Long.BYTES, 0);
        assertThat(heard(sealed(none)).orElseThrow().alerts()).isEmpty();
    }

    private byte[] with(int at, long number) {
        byte[] changed = content.clone();
        ByteBuffer.wrap(changed).putLong(at, number);
        return changed;
    }

    @Test
    void whatever_is_read_under_a_checksum_that_holds_is_written_again_the_same()
            throws IOException {
        Random random = new Random(1);
        int accepted = 0;
        for (int count = 0; count < CHANGE_COUNT; count++) {
            byte[] changed = content.clone();
            int at = random.nextInt(changed.length);
            changed[at] = (byte) random.nextInt(256);
            byte[] whole = sealed(Arrays.copyOf(changed, changed.length - random.nextInt(8) / 7));
            Optional<AlertFile.Heard> heard = heard(whole);
            if (heard.isPresent()) {
                accepted++;
                file.write(heard.get());
                assertThat(Files.readAllBytes(directory.resolve(FILE)))
                        .as("changed at " + at)
                        .isEqualTo(whole);
            }
        }
        assertThat(accepted).isBetween(1, CHANGE_COUNT - 1);
    }

    private void write() throws IOException {
        Town town = heardOf();
        Genesis genesis = town.ledger().genesis();
        Lookout lookout = new Lookout(genesis);
        List<Alert> alerts = new ArrayList<>();
        for (Block block : town.blocks()) {
            alerts.addAll(lookout.on(block));
        }
        AlertFile written = new AlertFile(directory, genesis);
        written.write(new AlertFile.Heard(lookout, 1, alerts));
        ObjectNode root = JSON.createObjectNode();
        root.put(
                "about",
                "The file alerts.heard of docs/chains/industrial-registers.md §6.6 in hex: of a"
                        + " chain with this genesis, behind block `height`, with these alerts from"
                        + " number `first` on.");
        root.put("genesis", Genesis.FORMAT.encode(genesis).hex());
        root.put("height", lookout.height());
        root.put("lookout", Lookout.format(genesis).encode(lookout).hex());
        root.put("first", 1);
        alerts.forEach(each -> root.withArray("alerts").add(Alert.FORMAT.encode(each).hex()));
        root.put("file", Bytes.copyOf(Files.readAllBytes(directory.resolve(FILE))).hex());
        Files.writeString(
                VECTORS, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    /// A device with certificates and a series, which falls silent; and somebody who is refused.
    private static Town heardOf() {
        Town town = Town.peopled();
        Signer org = town.press.account();
        NamesTest.registered(town);
        town.done(
                org,
                new DeviceDeed.Apply(
                        NamesTest.PRESS, DevicesTest.profile(Optional.of(Duration.ofMinutes(5)))));
        for (int count = 0; count < 2; count++) {
            town.done(
                    org,
                    new DeviceDeed.Certify(
                            NamesTest.PRESS,
                            town.press.certify(NamesTest.PRESS, Firm.signer(), Town.BEGIN).der()));
        }
        town.done(org, new DeviceDeed.Activate(NamesTest.PRESS));
        DeviceSeriesTest.begun(town, "press/7/pressure");
        DeviceSeriesTest.begun(town, "press/7/heat");
        town.refused(town.stranger, new AlertDeed.Unsubscribe(Digest.ZERO));
        town.tick(Duration.ofMinutes(6));
        return town;
    }
}
