package org.entente.runtime.http;

import org.entente.runtime.config.Address;
import org.entente.runtime.metrics.Metrics;

import java.time.Duration;

/// A running server. `start` returns when it listens.
public final class HttpServer {
    /// HTTPS with HTTP/1.1 and HTTP/2.
    public static HttpServer start(
            HttpServerConfiguration configuration, ServerTls tls, Routes routes, Metrics metrics) {
        throw new IllegalStateException("not yet");
    }

    /// Without TLS, on the loopback address only.
    public static HttpServer startPlain(
            HttpServerConfiguration configuration, Routes routes, Metrics metrics) {
        throw new IllegalStateException("not yet");
    }

    /// Where it listens, with the port that was taken.
    public Address address() {
        throw new IllegalStateException("not yet");
    }

    /// The certificate that new connections see from now on.
    public void present(ServerIdentity identity) {}

    /// Closes each open connection whose client certificate is not trusted any more.
    public void recheckPeers() {}

    /// Takes nothing new, finishes what it has within `limit`, then closes.
    public void stop(Duration limit) {}
}
