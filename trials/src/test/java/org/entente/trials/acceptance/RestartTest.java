package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Certificate;
import org.entente.certs.Cryptography;
import org.entente.certs.tls.ClientTls;
import org.entente.certs.tls.X509;
import org.entente.client.Failure;
import org.entente.client.IdentityDirectory;
import org.entente.client.Outcome;
import org.entente.client.cli.command.World;
import org.entente.launcher.Main;
import org.entente.launcher.app.demo.Founding;
import org.entente.launcher.app.demo.Ground;
import org.entente.launcher.app.demo.Market;
import org.entente.launcher.app.demo.Processes;
import org.entente.launcher.app.demo.Script;
import org.entente.launcher.app.demo.Terminal;
import org.entente.launcher.app.demo.Town;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.runtime.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What is still known, and still said, after a process was killed and started again.
@Tag("processes")
class RestartTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int ANSWER_SIZE_BYTES_MAX = 1024 * 1024;
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    @TempDir static Path folder;

    private static final World WORLD =
            new World(
                    System.out,
                    System.err,
                    false,
                    InstantSource.system(),
                    new SecureRandom(),
                    Cryptography::fastest);

    private static Ground ground;
    private static Processes processes;
    private static Town town;
    private static HttpClient relay;
    private static HttpClient door;

    /// What an address answered.
    private record Answer(int status, JsonNode body) {}

    @BeforeAll
    static void found() throws Exception {
        ground = Ground.in(folder, 3, Map.of());
        processes = new Processes(ground, new Script(ROOT.resolve("entente"), folder));
        new Founding(ground, new Terminal(WORLD, Main::program), WORLD, processes).found();
        town = new Town(ground, WORLD);
        relay = client(ClientTls.pinned(town.relay().certificate()));
        IdentityDirectory trader =
                IdentityDirectory.open(ground.path("trader"), Cryptography.fastest());
        door = client(ClientTls.under(List.of(root(trader))).showing(trader.tls()));
    }

    private static X509Certificate root(IdentityDirectory node) throws Exception {
        Certificate root = node.chain().getLast();
        return X509.read(root.der()).orThrow();
    }

    private static HttpClient client(ClientTls tls) {
        return HttpClient.newBuilder()
                .sslContext(tls.context())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    @AfterAll
    static void end() {
        relay.shutdownNow();
        door.shutdownNow();
        town.close();
        processes.close();
    }

    @Test
    void a_relay_that_was_killed_shows_what_it_promised() throws Exception {
        Digest exchange = applied("orders/promise", "declared/promise");
        JsonNode before = exchange(exchange);
        again("relay");
        JsonNode after = exchange(exchange);
        assertThat(before.path("promise").path("object").asString("")).isNotEmpty();
        assertThat(after.path("promise")).isEqualTo(before.path("promise"));
    }

    @Test
    void the_door_of_an_agent_that_was_killed_knows_the_exchange() throws Exception {
        town.put(Market.ORDERS, "orders/door", "1");
        String name = "ab".repeat(32);
        String question = question(name, "orders/door", "declared/door");
        Answer first = ask(question);
        assertThat(first.status()).as(first.body().toString()).isEqualTo(202);
        assertThat(first.body().path("outcome").asString("")).isEqualTo("APPLIED");
        again("alpha");
        Answer again = ask(question);
        assertThat(again.status()).as(again.body().toString()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());

        Answer other = ask(question(name, "orders/other", "declared/door"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body().path("code").asString("")).isEqualTo("ATTEMPT_REUSED");
    }

    @Test
    void an_agent_whose_journal_is_lost_says_that_it_signs_nothing() throws Exception {
        applied("orders/journal", "declared/journal");
        assertThat(awaitReady("gamma", 200).path("status").asString("")).isEqualTo("UP");
        processes.kill("gamma");
        try (Stream<Path> files = Files.walk(ground.path("gamma"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".journal")).toList()) {
                Files.delete(file);
            }
        }
        processes.start(List.of("gamma"));
        assertThat(awaitReady("gamma", 503).path("checks").path("seats").path("words").asString(""))
                .contains("signs nothing any more");
    }

    private static void again(String name) throws IOException, InterruptedException {
        processes.kill(name);
        processes.start(List.of(name));
    }

    private static Digest applied(String from, String to) throws Failure {
        town.put(Market.ORDERS, from, "1");
        Outcome outcome = town.ask(Market.ORDERS, town.copy(Market.ORDERS, from, to), _ -> {});
        assertThat(outcome.ending()).isInstanceOf(Outcome.Settled.class);
        return outcome.exchange();
    }

    private static JsonNode exchange(Digest exchange) throws Exception {
        Answer answer =
                answer(
                        relay,
                        HttpRequest.newBuilder(
                                town.relay().address().resolve("/v1/exchanges/" + exchange)));
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("attempts").path(0);
    }

    private static String question(String name, String from, String to) {
        return """
        {"alliance": "%s", "contract": "trade", "flow": "%s", "exchangeId": "%s",
         "arguments": {"copy": [{"from": "%s", "to": "%s"}]}}
        """
                .formatted(town.alliance(), Market.ORDERS.flow(), name, from, to);
    }

    /// Asks alpha's agent and waits for the end.
    private static Answer ask(String question) throws Exception {
        return answer(
                door,
                HttpRequest.newBuilder(agent("alpha").resolve("/v1/exchanges"))
                        .header("content-type", "application/json")
                        .header("prefer", "wait=60")
                        .POST(HttpRequest.BodyPublishers.ofString(question)));
    }

    /// Looks at an agent until it answers so.
    private static JsonNode awaitReady(String name, int status) throws Exception {
        HttpClient anyone = client(ClientTls.under(List.of(rootOf(name))));
        try (anyone) {
            List<Answer> seen = new ArrayList<>();
            Alliance.await(
                    name + " answers " + status,
                    () -> {
                        seen.add(ready(anyone, name));
                        return seen.getLast().status() == status;
                    });
            return seen.getLast().body();
        }
    }

    private static Answer ready(HttpClient client, String name)
            throws IOException, InterruptedException {
        return answer(client, HttpRequest.newBuilder(agent(name).resolve("/health/ready")));
    }

    private static X509Certificate rootOf(String name) throws Exception {
        Path file = ground.path(name).resolve("generation-1/root/certificate.pem");
        return X509.read(Bytes.copyOf(Files.readAllBytes(file))).orThrow();
    }

    private static URI agent(String name) {
        return URI.create("https://localhost:" + ground.ports().get(name));
    }

    private static Answer answer(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        var response =
                client.send(
                        request.timeout(WAIT_MAX.plusSeconds(20)).build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                Json.read(Bytes.utf8(response.body()), ANSWER_SIZE_BYTES_MAX).orThrow());
    }
}
