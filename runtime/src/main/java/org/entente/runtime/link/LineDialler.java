package org.entente.runtime.link;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;

/// Opens lines to a server.
public final class LineDialler implements AutoCloseable {
    private static final Duration DIAL_TIME_MAX = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Pulse pulse;

    /// @param tls whom to trust, and which certificate to show
    public LineDialler(SSLContext tls) {
        this(HttpClient.newBuilder().sslContext(tls), Pulse.STANDARD);
    }

    /// Without TLS, for loopback.
    public static LineDialler plain() {
        return plain(Pulse.STANDARD);
    }

    public static LineDialler plain(Pulse pulse) {
        return new LineDialler(HttpClient.newBuilder(), pulse);
    }

    private LineDialler(HttpClient.Builder builder, Pulse pulse) {
        this.pulse = pulse;
        this.client =
                builder.version(HttpClient.Version.HTTP_1_1).connectTimeout(DIAL_TIME_MAX).build();
    }

    /// @param address `wss://HOST:PORT/PATH`
    public Line dial(URI address, LineHandler handler) throws IOException, InterruptedException {
        DialledLine line = new DialledLine(pulse);
        CompletableFuture<WebSocket> coming =
                client.newWebSocketBuilder()
                        .connectTimeout(DIAL_TIME_MAX)
                        .buildAsync(address, line);
        try {
            WebSocket socket = coming.get(DIAL_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
            line.start(socket, address, handler);
            return line;
        } catch (TimeoutException e) {
            CompletableFuture<Void> _ = coming.thenAccept(WebSocket::abort);
            throw new IOException(address + " does not answer within " + DIAL_TIME_MAX, e);
        } catch (ExecutionException e) {
            throw new IOException(address + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            CompletableFuture<Void> _ = coming.thenAccept(WebSocket::abort);
            throw e;
        }
    }

    /// Ends its lines.
    @Override
    public void close() {
        client.shutdownNow();
    }
}
