package org.entente.chain.app;

import org.entente.certs.pem.KeyFile;
import org.entente.chain.http.BatchRoutes;
import org.entente.chain.http.ChainRoutes;
import org.entente.chain.http.EventRoutes;
import org.entente.chain.http.Feed;
import org.entente.chain.http.InboxRoutes;
import org.entente.chain.http.PactRoutes;
import org.entente.chain.http.StateRoutes;
import org.entente.chain.http.TransactionRoutes;
import org.entente.chain.worker.Served;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.Address;
import org.entente.runtime.config.Setting;
import org.entente.runtime.config.Settings;
import org.entente.runtime.http.HttpServer;
import org.entente.runtime.http.HttpServerConfiguration;
import org.entente.runtime.http.Routes;
import org.entente.runtime.http.ServerIdentity;
import org.entente.runtime.http.ServerTls;
import org.entente.runtime.metrics.Metrics;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// How a node of any chain of ours serves its API: what its file says of that, and the routes that
/// all have (docs/ledger.md §6 and §8).
///
/// @param tls whether the API is served over TLS; without it on loopback only
/// @param hosts the names in the certificate that the node makes for itself
/// @param subscriberMax of events
/// @param heartbeat of events
public record Serving(
        HttpServerConfiguration http,
        Tls tls,
        List<String> hosts,
        int subscriberMax,
        Duration heartbeat) {

    /// Whether connections to the API are encrypted.
    public enum Tls {
        ON("https://"),
        OFF("http://");

        private final String scheme;

        Tls(String scheme) {
            this.scheme = scheme;
        }

        public String scheme() {
            return scheme;
        }
    }

    public Serving {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("hosts names at least one name or address");
        }
    }

    /// Its keys in a node's file.
    public static Supplier<Serving> configured(Settings settings) {
        Setting<Address> listen = settings.address("listen");
        Setting<Tls> tls = settings.choice("tls", Tls.class).orElse(Tls.ON);
        Setting<List<String>> hosts =
                settings.listed("hosts", text -> text).orElse(List.of("localhost", "127.0.0.1"));
        Setting<Integer> slots = settings.whole("http.slots", 1, 4_096).orElse(512);
        Setting<Integer> queue = settings.whole("http.queue", 0, 65_536).orElse(1_024);
        Setting<Integer> subscribers = settings.whole("events.max", 1, 2_048).orElse(64);
        Setting<Duration> heartbeat =
                settings.duration("events.heartbeat", Duration.ofMillis(100), Duration.ofMinutes(5))
                        .orElse(Duration.ofSeconds(10));
        return () ->
                new Serving(
                        HttpServerConfiguration.standard(
                                listen.value(), slots.value(), queue.value()),
                        tls.value(),
                        hosts.value(),
                        subscribers.value(),
                        heartbeat.value());
    }

    /// What every chain of ours shows.
    ///
    /// @param answerTimeMax how long an answer waits until a transaction is final
    /// @param cryptography who signs and verifies here
    public Routes routes(
            Served chain, Duration answerTimeMax, String cryptography, InstantSource clock) {
        return new TransactionRoutes(chain, answerTimeMax)
                .routes()
                .and(new BatchRoutes(chain, answerTimeMax).routes())
                .and(new ChainRoutes(chain, cryptography).routes())
                .and(new StateRoutes(chain).routes())
                .and(new InboxRoutes(chain).routes())
                .and(new PactRoutes(chain, clock).routes())
                .and(new EventRoutes(chain, subscriberMax, heartbeat).routes());
    }

    /// Further events of a chain, at a path of their own.
    public Routes events(String path, Feed feed) {
        return new EventRoutes(path, feed, subscriberMax, heartbeat).routes();
    }

    /// @param shown the key, and the certificate over it
    public HttpServer start(KeyFile shown, Routes routes, Metrics metrics) throws StartRefused {
        return switch (tls) {
            case ON ->
                    HttpServer.start(
                            http, ServerTls.withoutClients(identity(shown)), routes, metrics);
            case OFF -> HttpServer.startPlain(http, routes, metrics);
        };
    }

    /// Another key from now on.
    public void present(HttpServer server, KeyFile shown) {
        switch (tls) {
            case ON -> server.present(identity(shown));
            case OFF -> {}
        }
    }

    private static ServerIdentity identity(KeyFile shown) {
        return new ServerIdentity(shown.keys().getPrivate(), shown.chain());
    }

    /// Where a server is.
    public String address(HttpServer server) {
        return tls.scheme() + server.address();
    }
}
