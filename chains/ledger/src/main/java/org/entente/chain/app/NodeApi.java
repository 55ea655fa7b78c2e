package org.entente.chain.app;

import org.entente.certs.tls.ClientTls;
import org.entente.chain.SignedTransaction;
import org.entente.chain.http.Posted;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;

/// A node's API as its own member and a network on one machine use it.
public final class NodeApi implements AutoCloseable {
    private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIME_MAX = Duration.ofMinutes(5);
    private static final Duration FINAL_TIME_MAX = Duration.ofMinutes(5);
    private static final int NOT_FOUND = 404;
    private static final int ANSWER_SIZE_BYTES_MAX = 8 << 20;

    private final URI address;
    private final HttpClient client;

    public NodeApi(URI address, HttpClient client) {
        this.address = address;
        this.client = client;
    }

    /// As its own member reaches it.
    ///
    /// @param shown by the node
    public static NodeApi of(Serving serving, X509Certificate shown) {
        var listen = serving.http().listen();
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT_TIME_MAX);
        if (serving.tls() == Serving.Tls.ON) {
            builder.sslContext(ClientTls.pinned(shown).context());
        }
        return new NodeApi(
                URI.create(serving.tls().scheme() + listen.host() + ":" + listen.port()),
                builder.build());
    }

    public JsonNode get(String path) throws IOException, InterruptedException, StartRefused {
        return answer(HttpRequest.newBuilder(address.resolve(path)));
    }

    /// What is not JSON.
    public Bytes bytes(String path) throws IOException, InterruptedException, StartRefused {
        HttpResponse<byte[]> answer = asked(HttpRequest.newBuilder(address.resolve(path)));
        if (answer.statusCode() >= 300) {
            read(answer);
        }
        return Bytes.copyOf(answer.body());
    }

    /// Nothing where there is none of it.
    public Optional<JsonNode> find(String path)
            throws IOException, InterruptedException, StartRefused {
        HttpResponse<byte[]> answer = asked(HttpRequest.newBuilder(address.resolve(path)));
        return answer.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(read(answer));
    }

    /// Returns when the transaction is final; refused when it failed. Sends the same again while it
    /// is not, which changes nothing.
    public void send(SignedTransaction signed)
            throws IOException, InterruptedException, StartRefused {
        HttpRequest.Builder request = Posted.request(signed).uri(address.resolve(Posted.PATH));
        long end = System.nanoTime() + FINAL_TIME_MAX.toNanos();
        Posted posted = new Posted(answer(request));
        while (!posted.isFinal() && System.nanoTime() < end) {
            posted = new Posted(answer(request));
        }
        if (!posted.isFinal()) {
            throw new StartRefused(
                    ExitCode.FAILED, "not final yet, ask again later: " + signed.id());
        }
        Optional<Verdict.Rejected> refusal = posted.refusal();
        if (refusal.isPresent()) {
            throw new StartRefused(
                    ExitCode.FAILED,
                    "the chain refuses: " + refusal.get().fault() + " " + refusal.get().detail());
        }
    }

    private JsonNode answer(HttpRequest.Builder request)
            throws IOException, InterruptedException, StartRefused {
        return read(asked(request));
    }

    private HttpResponse<byte[]> asked(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(
                request.timeout(ANSWER_TIME_MAX).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private JsonNode read(HttpResponse<byte[]> answer) throws StartRefused {
        Bytes body = Bytes.copyOf(answer.body());
        return switch (Json.read(body, ANSWER_SIZE_BYTES_MAX)) {
            case Parsed.Value<JsonNode>(JsonNode json) when answer.statusCode() < 300 -> json;
            case Parsed.Value<JsonNode>(JsonNode json) ->
                    throw new StartRefused(
                            ExitCode.FAILED,
                            json.path("code").asString() + ": " + json.path("detail").asString());
            case Parsed.Refused<JsonNode>(var why) ->
                    throw new StartRefused(
                            ExitCode.FAILED,
                            address + " answers " + answer.statusCode() + ": " + why);
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
