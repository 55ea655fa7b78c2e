package org.entente.adapter.own.http;

import org.entente.protocol.Bytes;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;

/// One node over HTTP: each answer whole, within its size and its time.
final class Wire implements AutoCloseable {
    private final URI address;
    private final HttpClient client;
    private final Duration answerTimeMax;

    Wire(Node node, Duration connectTimeMax, Duration answerTimeMax) {
        this.address = node.address();
        this.answerTimeMax = answerTimeMax;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(connectTimeMax)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .version(HttpClient.Version.HTTP_1_1);
        node.tls().ifPresent(tls -> builder.sslContext(tls.context()));
        this.client = builder.build();
    }

    record Answer(int status, Bytes body) {}

    URI address() {
        return address;
    }

    Answer get(String path, int sizeMax, Deadline deadline)
            throws SourceAway, InterruptedException {
        return send(HttpRequest.newBuilder(address.resolve(path)).GET(), sizeMax, deadline);
    }

    Answer post(String path, String mediaType, Bytes body, int sizeMax, Deadline deadline)
            throws SourceAway, InterruptedException {
        return send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("content-type", mediaType)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray())),
                sizeMax,
                deadline);
    }

    /// The time covers the whole body, not only its beginning.
    private Answer send(HttpRequest.Builder request, int sizeMax, Deadline deadline)
            throws SourceAway, InterruptedException {
        long timeMillis = deadline.leftMillis(answerTimeMax);
        if (timeMillis == 0) {
            throw new SourceAway(address + " was not asked in time", SourceAway.Reach.NOTHING);
        }
        CompletableFuture<HttpResponse<byte[]>> coming =
                client.sendAsync(
                        request.build(),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), sizeMax));
        try {
            HttpResponse<byte[]> response = coming.get(timeMillis, TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), Bytes.copyOf(response.body()));
        } catch (TimeoutException _) {
            throw new SourceAway(
                    address + " gave no whole answer within " + timeMillis + " ms",
                    SourceAway.Reach.UNKNOWN);
        } catch (ExecutionException e) {
            throw away(e.getCause() instanceof IOException lost ? lost : new IOException(e));
        } finally {
            // Ends the connection when the answer is no longer waited for.
            coming.cancel(true);
        }
    }

    private SourceAway away(IOException lost) {
        boolean nothing =
                lost instanceof ConnectException
                        || lost instanceof HttpConnectTimeoutException
                        || lost instanceof SSLHandshakeException
                        || lost.getCause() instanceof UnresolvedAddressException;
        return new SourceAway(
                address + " is away: " + lost,
                nothing ? SourceAway.Reach.NOTHING : SourceAway.Reach.UNKNOWN);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
