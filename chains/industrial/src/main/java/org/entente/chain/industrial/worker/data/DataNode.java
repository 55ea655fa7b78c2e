package org.entente.chain.industrial.worker.data;

import org.entente.certs.Signer;
import org.entente.certs.tls.ClientTls;
import org.entente.chain.industrial.data.DataRequest;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// A node's data as one account asks for it: each request signed (docs/chains/industrial-data.md
/// §6.1).
public final class DataNode implements AutoCloseable {
    public static final String ACCOUNT = "entente-account";
    public static final String TIME = "entente-time";
    public static final String SIGNATURE = "entente-signature";
    private static final Duration TIME_MAX = Duration.ofSeconds(60);
    private static final int ANSWER_SIZE_BYTES_MAX = 4 << 20;

    private final URI node;
    private final ChainId chain;
    private final Signer account;
    private final InstantSource clock;
    private final HttpClient http;

    /// @param certificate the node's own, pinned; empty: without TLS, on loopback
    public DataNode(
            URI node,
            Optional<X509Certificate> certificate,
            ChainId chain,
            Signer account,
            InstantSource clock) {
        this.node = node;
        this.chain = chain;
        this.account = account;
        this.clock = clock;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(TIME_MAX)
                        .version(HttpClient.Version.HTTP_1_1);
        certificate.ifPresent(pinned -> builder.sslContext(ClientTls.pinned(pinned).context()));
        this.http = builder.build();
    }

    /// What a node answers.
    public record Answer(int status, Bytes body) {
        public boolean isDone() {
            return status / 100 == 2;
        }
    }

    public Answer get(String path, SortedMap<String, String> query)
            throws IOException, InterruptedException {
        return ask("GET", path, query, Bytes.EMPTY);
    }

    public Answer ask(String method, String path, SortedMap<String, String> query, Bytes body)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(
                        request(method, path, query, body),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_SIZE_BYTES_MAX));
        return new Answer(response.statusCode(), Bytes.copyOf(response.body()));
    }

    /// A body that is read piece by piece; the caller closes it.
    public HttpResponse<InputStream> stream(String path, SortedMap<String, String> query)
            throws IOException, InterruptedException {
        return http.send(request("GET", path, query, Bytes.EMPTY), BodyHandlers.ofInputStream());
    }

    private HttpRequest request(
            String method, String path, SortedMap<String, String> query, Bytes body) {
        DataRequest asked =
                new DataRequest(
                        chain,
                        method,
                        path,
                        query,
                        Digest.of(body),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS));
        HttpRequest.BodyPublisher content =
                body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(body.toArray());
        return HttpRequest.newBuilder(node.resolve(path + text(query)))
                .timeout(TIME_MAX)
                .header("content-type", "application/octet-stream")
                .header(ACCOUNT, account.key().toString())
                .header(TIME, Long.toString(asked.time().toEpochMilli()))
                .header(SIGNATURE, account.sign(asked.digest()).toString())
                .method(method, content)
                .build();
    }

    private static String text(SortedMap<String, String> query) {
        return query.isEmpty()
                ? ""
                : query.entrySet().stream()
                        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return node.toString();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
