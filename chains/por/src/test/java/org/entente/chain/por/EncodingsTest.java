package org.entente.chain.por;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.CertifiedHeader;
import org.entente.chain.Header;
import org.entente.chain.state.Item;
import org.entente.chain.state.Position;
import org.entente.chain.state.StateKey;
import org.entente.chain.state.StatePart;
import org.entente.light.NodeKey;
import org.entente.light.fixture.Sample;
import org.entente.light.por.BlockHeader;
import org.entente.light.por.Certificate;
import org.entente.light.por.Creation;
import org.entente.light.por.Member;
import org.entente.light.por.Parameters;
import org.entente.light.por.Rules;
import org.entente.light.por.Settings;
import org.entente.light.por.Trail;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `docs/vectors/por-objects.json` pins the encodings of docs/chains/por.md. Writing it anew takes
/// `-Dvectors=write` and is a change of the format.
final class EncodingsTest {
    private static final Path FILE = Path.of("..", "..", "docs", "vectors", "por-objects.json");
    private static final JsonMapper JSON = new JsonMapper();

    /// The base point of P-256, so that no private key is needed.
    private static final VerifyingKey KEY =
            new VerifyingKey(
                    Bytes.fromHex(
                            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                                + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));

    @Test
    void every_object_is_that_of_the_vectors() throws IOException {
        if ("write".equals(System.getProperty("vectors"))) {
            write();
        }
        JsonNode vectors = JSON.readTree(Files.readString(FILE));
        assertThat(vectors.get("objects").size()).isEqualTo(samples().size());
        Sample.compare(samples(), vectors.get("objects"));
        assertThat(block().bytes().hex()).isEqualTo(vectors.get("block").asString());
        assertThat(PorBlock.of(block().bytes())).isEqualTo(Parsed.of(block()));
    }

    @Test
    void a_changed_object_is_refused_or_is_the_one_encoding_of_another() {
        Sample.change(samples(), 300);
    }

    private static void write() throws IOException {
        var root = JSON.createObjectNode();
        root.put(
                "about",
                "Objects of docs/chains/por.md as canonical bytes in hex, and a block as in the"
                        + " paper's Fig. 4.");
        var objects = root.putObject("objects");
        samples().forEach(each -> objects.put(each.name(), each.bytes().hex()));
        root.put("block", block().bytes().hex());
        Files.writeString(
                FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private static Creation creation() {
        return new Creation(
                KEY, 7, 1, 2, Digest.of(Bytes.utf8("rules")), Digest.of(Bytes.utf8("ledger")));
    }

    private static PorBlock block() {
        BlockHeader header =
                new BlockHeader(
                        1,
                        PorBlock.root(creation(), List.of()),
                        Digest.of(Bytes.utf8("previous")),
                        1_780_000_000L,
                        0xfedc_ba98L);
        return new PorBlock(header, creation(), List.of(), Bytes.utf8("signature"));
    }

    private static List<Sample<?>> samples() {
        NodeKey key = new NodeKey(Bytes.utf8("key"));
        Member member = new Member(KEY, new Name("node"), key, "host", 8_000, 0);
        Parameters parameters = new Parameters(40_700, 30_600, Parameters.Nearest.MAX);
        Rules rules = new Rules(3, List.of(member), parameters);
        Certificate certificate = block().certificate();
        Digest id = Digest.of(Bytes.utf8("proposal"));
        Bytes consent = Bytes.utf8("consent");
        List<Change> changes =
                List.of(
                        new Change.Add(member, consent),
                        new Change.Remove(KEY),
                        new Change.Update(KEY, key, "host", 1, consent, Bytes.utf8("handover")),
                        new Change.Retune(parameters));
        List<Sample<?>> samples = new ArrayList<>();
        samples.add(new Sample<>("rules", Rules.FORMAT, rules));
        samples.add(new Sample<>("settings", Settings.FORMAT, settings(rules)));
        samples.add(new Sample<>("creation", Creation.FORMAT, creation()));
        samples.add(new Sample<>("certificate", Certificate.FORMAT, certificate));
        samples.add(
                new Sample<>(
                        "trail", Trail.FORMAT, new Trail(List.of(certificate), List.of(rules))));
        for (Change change : changes) {
            samples.add(
                    new Sample<>(
                            "propose-" + change.getClass().getSimpleName(),
                            Words.FORMAT,
                            new Words.Propose(change, Duration.ofMinutes(2))));
        }
        samples.add(new Sample<>("vote", Words.FORMAT, new Words.Vote(id, true)));
        samples.add(
                new Sample<>(
                        "evidence", Words.FORMAT, new Words.Evidence(certificate, certificate)));
        samples.add(
                new Sample<>(
                        "proposal",
                        Proposal.FORMAT,
                        new Proposal(
                                id,
                                KEY,
                                changes.getLast(),
                                5,
                                Instant.ofEpochSecond(1_780_000_000L),
                                List.of(KEY),
                                Proposal.Stage.VOID,
                                9)));
        List<Message> messages =
                List.of(
                        new Message.Have(7, id),
                        new Message.Fetch(id),
                        new Message.Ask(8),
                        new Message.Blocks(List.of(block().bytes())),
                        new Message.Offer(List.of(id)),
                        new Message.Want(List.of(id)),
                        new Message.Give(List.of()),
                        new Message.Moment(Instant.ofEpochMilli(1_780_000_000_123L)),
                        new Message.Trace(9),
                        new Message.Headers(List.of(header(certificate)), List.of(rules)),
                        new Message.Seek(10, id),
                        new Message.Part(10, Optional.of(part())));
        for (Message message : messages) {
            samples.add(
                    new Sample<>(
                            "message-" + message.getClass().getSimpleName(),
                            Message.FORMAT,
                            message));
        }
        return samples;
    }

    private static CertifiedHeader header(Certificate certificate) {
        Digest root = Header.root(List.of());
        Instant time = Instant.ofEpochSecond(1_780_000_000L);
        return new CertifiedHeader(
                new Header(new ChainId("por:vectors"), 7, root, time, 0, root, root, root, KEY),
                Certificate.FORMAT.encode(certificate));
    }

    /// Half of the places of a state of two.
    private static StatePart part() {
        Item item =
                new Item(
                        StateKey.own(Bytes.utf8("key")),
                        2,
                        new Position(7, 1).version(),
                        Optional.of(Bytes.utf8("value")));
        return new StatePart(Digest.ZERO, List.of(Digest.of(Bytes.utf8("beside"))), List.of(item));
    }

    private static Settings settings(Rules rules) {
        return new Settings(
                rules,
                Settings.History.ROUND,
                Settings.Slack.IS_REMOVED,
                1,
                1 << 20,
                256,
                Duration.ofSeconds(5));
    }
}
