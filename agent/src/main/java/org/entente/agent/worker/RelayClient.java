package org.entente.agent.worker;

import org.entente.certs.CertificateKind;
import org.entente.certs.RevocationList;
import org.entente.certs.tls.ClientTls;
import org.entente.certs.tls.TlsIdentity;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.delivery.Delivery;
import org.entente.registry.SignedChange;
import org.entente.runtime.json.Json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The agent's side of the relay's API. Connects to the pinned relay only and shows the agent's
/// certificate of that moment.
public final class RelayClient implements AutoCloseable {
    private static final int ANSWER_SIZE_BYTES_MAX = 64 * 1024;

    /// A status carries what was read, with both versions.
    private static final int STATUS_SIZE_BYTES_MAX = 1024 * 1024;

    /// Twice what the relay puts into one answer (docs/relay.md §3.4).
    private static final int RECORDS_SIZE_BYTES_MAX = 16 * 1024 * 1024;

    private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(30);
    private static final Duration RECORDS_TIME_MAX = Duration.ofMinutes(2);

    private final URI relay;
    private final X509Certificate pinned;
    private final Duration recordsTimeMax;

    /// Guarded by the instance.
    private HttpClient client;

    public RelayClient(URI relay, X509Certificate pinned, TlsIdentity identity) {
        this(relay, pinned, identity, RECORDS_TIME_MAX);
    }

    RelayClient(URI relay, X509Certificate pinned, TlsIdentity identity, Duration recordsTimeMax) {
        this.relay = relay;
        this.pinned = pinned;
        this.recordsTimeMax = recordsTimeMax;
        this.client = client(pinned, identity);
    }

    private static HttpClient client(X509Certificate pinned, TlsIdentity identity) {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIME_MAX)
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(ClientTls.pinned(pinned).showing(identity).context())
                .build();
    }

    /// From now on with another certificate.
    public synchronized void show(TlsIdentity identity) {
        client.shutdown();
        client = client(pinned, identity);
    }

    public RelayAnswer post(SignedChange change) throws RelayUnreachable, InterruptedException {
        return send(
                request("/v1/changes", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(change.encode().toArray())));
    }

    public RelayAnswer put(OrganisationId organisation, RevocationList list)
            throws RelayUnreachable, InterruptedException {
        String ca =
                list.content().issuer().kind() == CertificateKind.ENROLMENT_CA
                        ? "enrolment"
                        : "transaction";
        return send(
                request("/v1/organisations/" + organisation + "/crl/" + ca, "application/pkix-crl")
                        .PUT(BodyPublishers.ofByteArray(list.der().toArray())));
    }

    private HttpRequest.Builder request(String path, String mediaType) {
        return HttpRequest.newBuilder(relay.resolve(path))
                .timeout(ANSWER_TIME_MAX)
                .header("content-type", mediaType);
    }

    private synchronized HttpClient current() {
        return client;
    }

    /// What the relay says that a log has come to.
    record Head(long size, Digest root) {}

    Head head(String log) throws RelayUnreachable, InterruptedException {
        Bytes answer = fetched("/v1/logs/" + log, ANSWER_SIZE_BYTES_MAX, ANSWER_TIME_MAX);
        try {
            JsonNode json = Json.read(answer, ANSWER_SIZE_BYTES_MAX).orThrow();
            return new Head(
                    json.path("size").asLong(), Digest.fromHex(json.path("root").asString()));
        } catch (IllegalStateException | IllegalArgumentException | JacksonException e) {
            throw new RelayUnreachable(relay + " names no size and root of the log " + log, e);
        }
    }

    /// What an address of the relay answers, as it is.
    ///
    /// @param mediaType of the body
    public record Passed(int status, String mediaType, Bytes body) {}

    /// What lies there; what the relay refuses is an answer too.
    public Passed get(String path, int sizeMax, Duration timeMax)
            throws RelayUnreachable, InterruptedException {
        return get(path, "", sizeMax, timeMax);
    }

    /// @param prefer the header `Prefer`, or nothing
    public Passed get(String path, String prefer, int sizeMax, Duration timeMax)
            throws RelayUnreachable, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(relay.resolve(path)).timeout(timeMax);
        if (!prefer.isEmpty()) {
            request.header("prefer", prefer);
        }
        return passed(exchanged(request, sizeMax, timeMax));
    }

    /// Posts octets and gives the answer as it is.
    ///
    /// @param prefer the header `Prefer`, or nothing
    public Passed post(String path, Bytes body, String prefer, Duration timeMax)
            throws RelayUnreachable, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(relay.resolve(path))
                        .timeout(timeMax)
                        .header("content-type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(body.toArray()));
        if (!prefer.isEmpty()) {
            request.header("prefer", prefer);
        }
        return passed(exchanged(request, STATUS_SIZE_BYTES_MAX, timeMax));
    }

    /// Puts a value among the payloads.
    Passed put(Digest digest, Bytes value) throws RelayUnreachable, InterruptedException {
        return passed(
                exchanged(
                        request("/v1/payloads/" + digest, "application/octet-stream")
                                .PUT(BodyPublishers.ofByteArray(value.toArray())),
                        ANSWER_SIZE_BYTES_MAX,
                        RECORDS_TIME_MAX));
    }

    /// A value from among the payloads; never another.
    public Optional<Bytes> payload(Digest digest) throws RelayUnreachable, InterruptedException {
        Passed passed =
                get("/v1/payloads/" + digest, Delivery.VALUES_SIZE_BYTES_MAX, RECORDS_TIME_MAX);
        return passed.status() == 200 && Digest.of(passed.body()).equals(digest)
                ? Optional.of(passed.body())
                : Optional.empty();
    }

    /// Reads an answer while it comes, such as server-sent events.
    public InputStream stream(String path) throws RelayUnreachable, InterruptedException {
        try {
            HttpResponse<InputStream> response =
                    current()
                            .send(
                                    HttpRequest.newBuilder(relay.resolve(path))
                                            .timeout(ANSWER_TIME_MAX)
                                            .build(),
                                    BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new RelayUnreachable(relay + path + " answered " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new RelayUnreachable(relay + " is away: " + e, e);
        }
    }

    private static Passed passed(HttpResponse<byte[]> response) {
        return new Passed(
                response.statusCode(),
                response.headers().firstValue("content-type").orElse(""),
                Bytes.copyOf(response.body()));
    }

    /// Frames of records from one on, as many as the relay gives at once.
    Bytes records(String log, long from) throws RelayUnreachable, InterruptedException {
        return fetched(
                "/v1/logs/" + log + "/records?from=" + from,
                RECORDS_SIZE_BYTES_MAX,
                recordsTimeMax);
    }

    private Bytes fetched(String path, int sizeMax, Duration timeMax)
            throws RelayUnreachable, InterruptedException {
        HttpResponse<byte[]> response =
                exchanged(
                        HttpRequest.newBuilder(relay.resolve(path)).timeout(ANSWER_TIME_MAX),
                        sizeMax,
                        timeMax);
        if (response.statusCode() != 200) {
            throw new RelayUnreachable(relay + path + " answered " + response.statusCode());
        }
        return Bytes.copyOf(response.body());
    }

    private RelayAnswer send(HttpRequest.Builder request)
            throws RelayUnreachable, InterruptedException {
        HttpResponse<byte[]> response = exchanged(request, ANSWER_SIZE_BYTES_MAX, ANSWER_TIME_MAX);
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new RelayAnswer.Taken();
        }
        if (status >= 500) {
            throw new RelayUnreachable(relay + " answered " + status);
        }
        return refused(status, Bytes.copyOf(response.body()));
    }

    /// @param timeMax for the whole answer; what the request says covers only its beginning
    private HttpResponse<byte[]> exchanged(
            HttpRequest.Builder request, int sizeMax, Duration timeMax)
            throws RelayUnreachable, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> coming =
                current()
                        .sendAsync(
                                request.build(),
                                BodyHandlers.limiting(BodyHandlers.ofByteArray(), sizeMax));
        try {
            return coming.get(timeMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RelayUnreachable(relay + " gave no whole answer within " + timeMax, e);
        } catch (ExecutionException e) {
            throw new RelayUnreachable(relay + " is away: " + e.getCause(), e);
        } finally {
            // Ends the connection when the answer is no longer waited for.
            coming.cancel(true);
        }
    }

    private static RelayAnswer refused(int status, Bytes body) {
        return switch (Json.read(body, ANSWER_SIZE_BYTES_MAX)) {
            case Parsed.Value<JsonNode>(JsonNode problem) ->
                    new RelayAnswer.Refused(
                            problem.path("code").asString("HTTP_" + status),
                            problem.path("detail").asString(""));
            case Parsed.Refused<JsonNode> _ ->
                    new RelayAnswer.Refused("HTTP_" + status, "not a problem+json");
        };
    }

    @Override
    public synchronized void close() {
        client.shutdownNow();
    }
}
