package org.entente.agent.worker;

import org.entente.certs.CertificateKind;
import org.entente.certs.RevocationList;
import org.entente.certs.tls.ClientTls;
import org.entente.certs.tls.TlsIdentity;
import org.entente.protocol.Bytes;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.registry.SignedChange;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;

/// The agent's side of the relay's API. Connects to the pinned relay only and shows the agent's
/// certificate of that moment.
public final class RelayClient implements AutoCloseable {
    private static final int ANSWER_SIZE_BYTES_MAX = 64 * 1024;
    private static final int RECORDS_SIZE_BYTES_MAX = 256 * 1024 * 1024;
    private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(30);

    private final URI relay;
    private final X509Certificate pinned;

    /// Guarded by the instance.
    private HttpClient client;

    public RelayClient(URI relay, X509Certificate pinned, TlsIdentity identity) {
        this.relay = relay;
        this.pinned = pinned;
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

    /// How many entries the log has, as the relay says.
    long size(String log) throws RelayUnreachable, InterruptedException {
        Bytes head = fetched("/v1/logs/" + log, ANSWER_SIZE_BYTES_MAX);
        return Json.read(head, ANSWER_SIZE_BYTES_MAX) instanceof Parsed.Value<JsonNode>(var json)
                ? json.path("size").asLong(0)
                : 0;
    }

    /// Records from one on, as many as the relay gives at once.
    Bytes records(String log, long from) throws RelayUnreachable, InterruptedException {
        return fetched("/v1/logs/" + log + "/records?from=" + from, RECORDS_SIZE_BYTES_MAX);
    }

    private Bytes fetched(String path, int sizeMax) throws RelayUnreachable, InterruptedException {
        HttpResponse<byte[]> response =
                exchanged(
                        HttpRequest.newBuilder(relay.resolve(path)).timeout(ANSWER_TIME_MAX),
                        sizeMax);
        if (response.statusCode() != 200) {
            throw new RelayUnreachable(relay + path + " answered " + response.statusCode());
        }
        return Bytes.copyOf(response.body());
    }

    private RelayAnswer send(HttpRequest.Builder request)
            throws RelayUnreachable, InterruptedException {
        HttpResponse<byte[]> response = exchanged(request, ANSWER_SIZE_BYTES_MAX);
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new RelayAnswer.Taken();
        }
        if (status >= 500) {
            throw new RelayUnreachable(relay + " answered " + status);
        }
        return refused(status, Bytes.copyOf(response.body()));
    }

    private HttpResponse<byte[]> exchanged(HttpRequest.Builder request, int sizeMax)
            throws RelayUnreachable, InterruptedException {
        try {
            return current()
                    .send(
                            request.build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), sizeMax));
        } catch (IOException e) {
            throw new RelayUnreachable(relay + " is away: " + e, e);
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
