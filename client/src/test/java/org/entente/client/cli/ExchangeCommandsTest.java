package org.entente.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.client.Credential;
import org.entente.client.Credentials;
import org.entente.client.ReceiptFile;
import org.entente.client.TransactionFolder;
import org.entente.client.TrustFile;
import org.entente.client.fixture.Desk;
import org.entente.client.fixture.ExchangeTwin;
import org.entente.client.fixture.Scene;
import org.entente.client.fixture.Tale;
import org.entente.client.fixture.Terminal;
import org.entente.endorsement.Candidate;
import org.entente.endorsement.Receipt;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.log.CancelWish;
import org.entente.protocol.log.Cancellation;
import org.entente.protocol.log.Frame;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.log.Settlement;
import org.entente.registry.fixture.Contracts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The commands about exchanges, from asking to the audit.
class ExchangeCommandsTest {
    private final Story story = Story.begun();
    @TempDir private Path folder;
    private ExchangeTwin relay;
    private Path home;
    private Path arguments;

    @BeforeEach
    void start() throws Exception {
        relay = new ExchangeTwin(folder, story);
        home = Desk.of(folder, story, relay, 2);
        arguments = folder.resolve("order.json");
        Files.writeString(arguments, "{\"copy\":[]}");
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private Object[] ask(Object... more) {
        List<Object> line =
                new ArrayList<>(
                        List.of(
                                "exchange",
                                story.id(),
                                Contracts.FLOW,
                                arguments,
                                "--identity",
                                home));
        line.addAll(List.of(more));
        return line.toArray();
    }

    /// Serves the receipt of an exchange that was settled.
    private Digest settled() {
        Candidate candidate = story.draft("one", 1).candidate();
        long serial = story.order(candidate).serial();
        long end = story.settle(serial, Settlement.End.APPLIED, 0).serial();
        Digest exchange = candidate.exchange();
        relay.file(
                "/v1/exchanges/" + exchange + "/receipt",
                Receipt.FORMAT.encode(Tale.receipt(story, serial, Optional.of(end))));
        relay.file(
                "/v1/exchanges/" + exchange,
                Bytes.utf8(
                        "{\"exchange\":\"%s\",\"alliance\":\"%s\",\"contract\":\"trade\",\"flow\":\"orders\",\"attempt\":1,\"request\":\"%s\",\"state\":\"SETTLED\",\"outcome\":\"APPLIED\",\"serial\":%d}"
                                .formatted(
                                        exchange, story.id(), candidate.requestDigest(), serial)));
        return exchange;
    }

    @Test
    void an_exchange_is_asked_for_and_followed_to_its_end() {
        relay.says("ASKED", "").says("SETTLED", "\"outcome\":\"APPLIED\",\"serial\":4");
        JsonNode said = Scene.json(ask());
        assertThat(said.path("outcome").asString()).isEqualTo("APPLIED");
        assertThat(said.path("serial").asLong()).isEqualTo(4);
        assertThat(said.path("attempts").size()).isEqualTo(1);
        assertThat(relay.asked().getFirst().arguments()).isEqualTo(Bytes.utf8("{\"copy\":[]}"));
    }

    @Test
    void what_is_refused_ends_with_1_and_says_why() {
        relay.says(
                "COMMITTED",
                "\"outcome\":\"INVALID\",\"serial\":4,"
                        + ExchangeTwin.problem(Fault.CONDITION_FALSE, ""));
        assertThat(Scene.refused("CONDITION_FALSE", ask())).contains("next: ");
    }

    @Test
    void an_exchange_that_has_not_ended_at_the_deadline_is_no_success() {
        relay.says("ENDORSED", "");
        Terminal.Ended ended = Terminal.run(ask("--deadline", "1s"));
        assertThat(ended.exit()).as(ended.all()).isEqualTo(4);
        assertThat(ended.err()).contains("ENDORSED").contains("entente exchange show");
    }

    @Test
    void without_a_certificate_that_fits_nothing_is_asked() throws Exception {
        try (Stream<Path> files = Files.list(home.resolve("transaction"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Terminal.Ended ended = Terminal.run(ask());
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("no transaction certificate").contains("cert batch");
        assertThat(relay.posted()).isEmpty();
    }

    @Test
    void a_certificate_that_may_be_shown_once_is_given_out_once() throws Exception {
        TransactionFolder transactions = new TransactionFolder(home, Terminal.CRYPTOGRAPHY);
        Credentials.Need need =
                new Credentials.Need(
                        story.id(),
                        Contracts.FLOW,
                        Credentials.Use.ONCE,
                        Instant.now(),
                        Instant.now().plus(Duration.ofMinutes(1)),
                        Sorted.copyOf(List.<Digest>of()));
        Digest first = transactions.take(need).orElseThrow().certificate().digest();
        Digest second = transactions.take(need).orElseThrow().certificate().digest();
        assertThat(second).isNotEqualTo(first);
        assertThat(transactions.take(need)).isEmpty();
    }

    @Test
    void a_key_is_opened_once_and_given_out_for_as_long_as_its_files_are_there() throws Exception {
        TransactionFolder transactions = new TransactionFolder(home, Terminal.CRYPTOGRAPHY);
        Credentials.Need need =
                new Credentials.Need(
                        story.id(),
                        Contracts.FLOW,
                        Credentials.Use.OFTEN,
                        Instant.now(),
                        Instant.now().plus(Duration.ofMinutes(1)),
                        Sorted.copyOf(List.<Digest>of()));
        Credential first = transactions.take(need).orElseThrow();
        assertThat(transactions.take(need).orElseThrow()).isSameAs(first);
        Digest certificate = first.certificate().digest();
        Files.delete(home.resolve("transaction").resolve(certificate + ".p12"));
        Credential second = transactions.take(need).orElseThrow();
        assertThat(second.certificate().digest()).isNotEqualTo(certificate);
        Files.delete(home.resolve("transaction").resolve(second.certificate().digest() + ".pem"));
        assertThat(transactions.take(need)).isEmpty();
    }

    @Test
    void a_receipt_is_fetched_once_and_verified_with_the_relay_gone() throws Exception {
        Digest exchange = settled();
        Path file = folder.resolve("receipt.json");
        Path portable = folder.resolve("portable.json");
        Path trust = folder.resolve("trust.json");
        assertThat(Scene.ok("exchange", "show", exchange, "--identity", home)).contains("APPLIED");
        Scene.ok("receipt", exchange, "--out", file, "--identity", home);
        Scene.ok("receipt", exchange, "--out", portable, "--portable", "--identity", home);
        Scene.ok("receipt", "trust", story.id(), "--out", trust, "--identity", home);
        relay.close();

        assertThat(
                        TrustFile.read(Bytes.copyOf(Files.readAllBytes(trust)), Story.VERIFIER)
                                .orThrow())
                .isEqualTo(Tale.trust(story));
        JsonNode said = Scene.json("verify", file, "--alliance", story.id(), "--trust", trust);
        assertThat(said.path("outcome").asString()).isEqualTo("VALID");
        assertThat(said.path("settled").asString()).isEqualTo("APPLIED");
        assertThat(said.path("exchange").asString()).isEqualTo(exchange.hex());
        assertThat(Scene.ok("verify", portable, "--alliance", story.id()))
                .contains("sealed by a majority")
                .contains("its own epoch records");
        assertThat(Scene.ok("verify", file, "--alliance", story.id(), "--identity", home))
                .contains("the directory keeps");
        Scene.refused("EPOCH_UNKNOWN", "verify", file, "--alliance", story.id());
        Scene.refused("UNBOUND", "verify", portable, "--alliance", Digest.ZERO);
    }

    @Test
    void a_receipt_that_the_relay_made_up_is_not_written() throws Exception {
        Digest exchange = settled();
        String path = "/v1/exchanges/" + exchange + "/receipt";
        Candidate other = story.draft("two", 1, "8").candidate();
        long serial = story.order(other).serial();
        relay.file(path, Receipt.FORMAT.encode(Tale.receipt(story, serial, Optional.empty())));
        Path file = folder.resolve("receipt.json");
        Scene.refused("UNBOUND", "receipt", exchange, "--out", file, "--identity", home);
        assertThat(file).doesNotExist();
    }

    @Test
    void an_audit_keeps_what_it_saw_and_names_what_was_done_since() throws Exception {
        settled();
        Path kept = folder.resolve("kept");
        Path saved = folder.resolve("log");
        JsonNode first =
                Scene.json(
                        "audit", story.id(), "--keep", kept, "--save", saved, "--identity", home);
        assertThat(first.path("holds").asBoolean()).isTrue();
        assertThat(first.path("sealed").asLong()).isEqualTo(3);
        Scene.ok("audit", story.id(), "--log", saved, "--keep", kept);

        List<Frame> frames = new ArrayList<>(Tale.frames(story));
        frames.removeLast();
        relay.shows(frames);
        String err =
                Scene.refused("BAD_PROOF", "audit", story.id(), "--keep", kept, "--identity", home);
        assertThat(err).contains("REMOVED at serial 2");
    }

    @Test
    void two_seals_of_one_size_convict_on_the_command_line() throws Exception {
        settled();
        Sealed honest = story.sealed(3, List.of(story.alpha(), story.beta()));
        Sealed forked =
                story.sealed(
                        new org.entente.protocol.log.Seal(
                                story.id(), 0, 3, Digest.ZERO, honest.seal().time()),
                        List.of(story.beta()));
        Path one = folder.resolve("one.seal");
        Path other = folder.resolve("other.seal");
        Files.write(one, Sealed.FORMAT.encode(honest).toArray());
        Files.write(other, Sealed.FORMAT.encode(forked).toArray());
        String err =
                Scene.refused(
                        "BAD_PROOF",
                        "audit",
                        story.id(),
                        "--seals",
                        one + "," + other,
                        "--identity",
                        home);
        assertThat(err).contains("beta.example").contains("convicted");
    }

    @Test
    void a_wish_to_cancel_is_signed_with_the_nodes_key() throws Exception {
        Scene.ok("parked", "cancel", story.id(), 4, "--identity", home);
        CancelWish wish = CancelWish.FORMAT.decode(relay.wishes().getFirst()).orThrow();
        assertThat(wish.cancellation()).isEqualTo(new Cancellation(story.id(), 4));
        assertThat(
                        Story.VERIFIER.verify(
                                org.entente.client.IdentityDirectory.open(
                                                home, Terminal.CRYPTOGRAPHY)
                                        .signer()
                                        .key(),
                                Cancellation.FORMAT.digest(wish.cancellation()),
                                wish.wish().signature()))
                .isTrue();
        relay.file(
                "/v1/alliances/" + story.id() + "/parked",
                Bytes.utf8("[{\"serial\":4,\"why\":\"CHAIN_UNREACHABLE\"}]"));
        assertThat(Scene.ok("parked", "list", story.id(), "--identity", home))
                .contains("CHAIN_UNREACHABLE");
        Scene.ok("parked", "retry", story.id(), 4, "--identity", home);
    }

    @Test
    void a_file_that_is_no_receipt_is_refused() throws Exception {
        Scene.refused("UNKNOWN_FIELD", "verify", arguments, "--alliance", story.id());
        assertThat(ReceiptFile.read(Bytes.EMPTY).verdict().isAccepted()).isFalse();
    }
}
