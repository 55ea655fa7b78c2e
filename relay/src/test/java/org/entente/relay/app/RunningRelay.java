package org.entente.relay.app;

import org.entente.certs.tls.ClientTls;
import org.entente.certs.tls.TlsIdentity;
import org.entente.certs.tls.X509;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.registry.Change;
import org.entente.registry.ChangeEntry;
import org.entente.registry.SignedChange;
import org.entente.registry.fixture.Member;
import org.entente.relay.DeskRules;
import org.entente.relay.journal.Invitations;
import org.entente.relay.log.LogSettings;
import org.entente.runtime.Clock;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.config.Address;
import org.entente.runtime.fixture.Described;
import org.entente.runtime.http.HttpServerConfiguration;
import org.entente.runtime.http.Reply;
import org.entente.runtime.json.Json;
import org.entente.runtime.logging.LogFormat;
import org.entente.runtime.logging.Logging;
import org.slf4j.event.Level;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// A relay in this process, wired as the real one, whose time stands still at [Member#NOW].
final class RunningRelay implements AutoCloseable {
    private static final Duration STOP_TIME_MAX = Duration.ofSeconds(10);
    private static final int BODY_SIZE_MAX = 1 << 20;

    private final Path directory;
    private final DeskRules rules;
    private final Shutdown shutdown = new Shutdown(STOP_TIME_MAX);
    private final Invitations invitations;
    private final X509Certificate certificate;
    private final String url;
    private final SortedSet<String> addresses;
    private final HttpClient client;

    /// What it says that it answers. Whoever asks for it twice at once gets the same.
    private volatile Optional<Described> described = Optional.empty();

    private RunningRelay(Path directory, DeskRules rules, boolean fresh) throws Exception {
        this.directory = directory;
        this.rules = rules;
        RelayConfiguration configuration = configuration(directory, rules);
        if (fresh) {
            // Its own certificate is judged by this machine's clock.
            new Relay(configuration, Clock.system()).init();
        }
        this.invitations = new Invitations(new RelayDirectory(directory).invitations());
        this.certificate = X509.read(Bytes.copyOf(Files.readAllBytes(certificateFile()))).orThrow();
        Relay relay = new Relay(configuration, Clock.over(() -> Member.NOW));
        this.url = "https://" + relay.serve(shutdown);
        this.addresses = relay.addresses();
        this.client = client(ClientTls.pinned(certificate));
    }

    static RunningRelay start(Path directory) throws Exception {
        return start(directory, DeskRules.STANDARD);
    }

    static RunningRelay start(Path directory, DeskRules rules) throws Exception {
        Logging.configure(LogFormat.TEXT, Level.ERROR);
        return new RunningRelay(directory, rules, true);
    }

    /// The same relay, started again; stops it first if it still runs.
    RunningRelay restarted() throws Exception {
        close();
        return new RunningRelay(directory, rules, false);
    }

    /// What it serves, each as `GET /v1/status`.
    SortedSet<String> addresses() {
        return addresses;
    }

    String url() {
        return url;
    }

    X509Certificate certificate() {
        return certificate;
    }

    static RelayConfiguration configuration(Path directory) {
        return configuration(directory, DeskRules.STANDARD);
    }

    private static RelayConfiguration configuration(Path directory, DeskRules rules) {
        return new RelayConfiguration(
                HttpServerConfiguration.standard(new Address("127.0.0.1", 0)),
                URI.create("https://relay.example:7400"),
                directory,
                List.of("localhost", "127.0.0.1"),
                LogSettings.SMALL,
                LogSettings.SMALL,
                64,
                Duration.ofSeconds(20),
                rules,
                LogFormat.TEXT);
    }

    /// What it answered.
    record Answer(int status, String mediaType, String retryAfter, Bytes body) {
        JsonNode json() {
            return Json.read(body, BODY_SIZE_MAX).orThrow();
        }

        String code() {
            return json().path("code").asString();
        }
    }

    Path directory() {
        return directory;
    }

    Path certificateFile() {
        return directory.resolve("relay.pem");
    }

    Invitations invitations() {
        return invitations;
    }

    String invite(Member member) throws IOException {
        return invitations.invite(member.id(), Duration.ofDays(1), Member.NOW, new SecureRandom());
    }

    Answer enrol(Member member, String token) throws Exception {
        return enrol(member.enrolment(), token);
    }

    Answer enrol(SignedChange enrolment, String token) throws Exception {
        return send(client, post(enrolment.encode()).header("Entente-Invitation", token).build());
    }

    Answer post(SignedChange change) throws Exception {
        return send(client, post(change.encode()).build());
    }

    Answer post(Bytes body, String mediaType) throws Exception {
        return send(client, post(body).setHeader("Content-Type", mediaType).build());
    }

    /// Fails unless it is taken.
    void accept(SignedChange change) throws Exception {
        Answer answer = post(change);
        if (answer.status() != 201) {
            throw new AssertionError(answer.body().toString() + " for " + change);
        }
    }

    /// Enrols them, each with its chain and its agent.
    void admit(List<Member> members) throws Exception {
        for (Member member : members) {
            Answer answer = enrol(member, invite(member));
            if (answer.status() != 201) {
                throw new AssertionError(answer.json().toString());
            }
        }
        for (Member member : members) {
            accept(member.chainAdded());
        }
        for (Member member : members) {
            accept(member.agentAdded());
        }
    }

    /// Tells it all that came before a story's exchanges.
    void founded(Story story) throws Exception {
        for (ChangeEntry entry : story.world().log()) {
            if (entry.change().change() instanceof Change.OrganisationEnrolled enrolled) {
                Member member =
                        story.members().stream()
                                .filter(each -> each.id().equals(enrolled.organisation()))
                                .findFirst()
                                .orElseThrow();
                Answer answer = enrol(entry.change(), invite(member));
                if (answer.status() != 201) {
                    throw new AssertionError(answer.json().toString());
                }
            } else {
                accept(entry.change());
            }
        }
    }

    Answer ask(String path) throws Exception {
        return send(client, request(path).GET().build());
    }

    /// @param prefer what stands in the header; empty: no header
    Answer ask(String path, String prefer) throws Exception {
        return send(client, request(path).header("Prefer", prefer).GET().build());
    }

    Answer post(String path, Bytes body, String prefer) throws Exception {
        HttpRequest.Builder request =
                request(path)
                        .timeout(Duration.ofSeconds(40))
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(body.toArray()));
        return send(
                client,
                prefer.isEmpty() ? request.build() : request.header("Prefer", prefer).build());
    }

    Answer put(HttpClient as, String path, Bytes body, String mediaType) throws Exception {
        return send(
                as,
                request(path)
                        .header("Content-Type", mediaType)
                        .PUT(BodyPublishers.ofByteArray(body.toArray()))
                        .build());
    }

    Answer put(String path, Bytes body) throws Exception {
        return send(
                client,
                request(path)
                        .header("Content-Type", "application/pkix-crl")
                        .PUT(BodyPublishers.ofByteArray(body.toArray()))
                        .build());
    }

    /// A client that shows a certificate.
    HttpClient showing(TlsIdentity identity) {
        return client(ClientTls.pinned(certificate).showing(identity));
    }

    Answer ask(HttpClient as, String path) throws Exception {
        return send(as, request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(STOP_TIME_MAX);
    }

    private HttpRequest.Builder post(Bytes body) {
        return request("/v1/changes")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(body.toArray()));
    }

    private static HttpClient client(ClientTls tls) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls.context())
                .build();
    }

    /// Holds what is answered in JSON to what is described.
    private Answer send(HttpClient as, HttpRequest request) throws Exception {
        Answer answer = answer(as, request);
        if (answer.status < 300 && answer.mediaType.equals(Reply.JSON)) {
            Described known = described.isPresent() ? described.get() : fetched();
            described = Optional.of(known);
            known.answered(request.method(), request.uri().getPath(), answer.status, answer.json());
        }
        return answer;
    }

    private Described fetched() throws Exception {
        return new Described(answer(client, request("/openapi.json").GET().build()).json());
    }

    private static Answer answer(HttpClient as, HttpRequest request) throws Exception {
        HttpResponse<byte[]> response = as.send(request, BodyHandlers.ofByteArray());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.headers().firstValue("Retry-After").orElse(""),
                Bytes.copyOf(response.body()));
    }

    @Override
    public void close() {
        client.close();
        if (shutdown.stop() != ExitCode.OK) {
            throw new AssertionError("the relay did not stop in good order");
        }
    }
}
