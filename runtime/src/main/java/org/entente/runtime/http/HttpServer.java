package org.entente.runtime.http;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.Address;
import org.entente.runtime.link.Line;
import org.entente.runtime.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import javax.net.ssl.X509ExtendedTrustManager;

/// A running server. `start` returns when it listens.
///
/// Event loops accept, read and write; each request's handler has a virtual thread. Nothing of
/// Vert.x shows outside.
public final class HttpServer {
    static final int REQUEST_LINE_SIZE_MAX = 8 << 10;
    static final int HEADER_SIZE_MAX = 16 << 10;
    private static final int EVENT_LOOPS = 2;
    private static final Duration START_TIME_MAX = Duration.ofSeconds(30);
    private static final long CLOSE_NANOS_MIN = 1_000_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final Service service;
    private final Optional<Security> security;
    private final Vertx vertx;
    private final List<io.vertx.core.http.HttpServer> servers = new CopyOnWriteArrayList<>();
    private final Map<HttpConnection, Connection> connections = new ConcurrentHashMap<>();

    private record Security(PresentedIdentity identity, X509ExtendedTrustManager trust) {}

    private HttpServer(Service service, Optional<Security> security) {
        this.service = service;
        this.security = security;
        this.vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(EVENT_LOOPS)
                                .setFileSystemOptions(
                                        new FileSystemOptions()
                                                .setFileCachingEnabled(false)
                                                .setClassPathResolvingEnabled(false)));
    }

    /// HTTPS with HTTP/1.1 and HTTP/2.
    public static HttpServer start(
            HttpServerConfiguration configuration, ServerTls tls, Routes routes, Metrics metrics)
            throws StartRefused {
        PresentedIdentity identity = new PresentedIdentity(tls.identity());
        HttpServer server =
                new HttpServer(
                        Service.of(configuration, routes, metrics),
                        Optional.of(new Security(identity, tls.trust())));
        server.listen(TlsOptions.of(tls, identity, configuration));
        return server;
    }

    /// Without TLS, on the loopback address only.
    public static HttpServer startPlain(
            HttpServerConfiguration configuration, Routes routes, Metrics metrics)
            throws StartRefused {
        String host = configuration.listen().host();
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                throw new StartRefused(
                        ExitCode.USAGE, "without TLS a server listens on loopback, not on " + host);
            }
        } catch (UnknownHostException e) {
            throw new StartRefused(ExitCode.USAGE, "unknown host " + host);
        }
        HttpServer server =
                new HttpServer(Service.of(configuration, routes, metrics), Optional.empty());
        server.listen(new HttpServerOptions());
        return server;
    }

    /// Where it listens, with the port that was taken.
    public Address address() {
        return new Address(
                service.configuration().listen().host(), servers.getFirst().actualPort());
    }

    /// The certificate that new connections see from now on.
    public void present(ServerIdentity identity) {
        security.orElseThrow(() -> new IllegalStateException("this server has no TLS"))
                .identity
                .replace(identity);
        LOG.atInfo().addKeyValue("certificate", identity).log("presenting another certificate");
    }

    /// Closes each open connection whose client certificate is not trusted any more.
    public void recheckPeers() {
        security.ifPresent(secure ->
                connections.forEach((_, connection) -> {
                    if (!connection.isTrusted(secure.trust)) {
                        connection.cut();
                    }
                }));
    }

    /// Takes nothing new, finishes what it has within `limit`, then closes.
    ///
    /// @return whether all was finished in time
    public boolean stop(Duration limit) {
        service.stopping().set(true);
        long millis = Math.max(1, limit.toMillis());
        long deadline = System.nanoTime() + limit.toNanos();
        for (var server : servers) {
            Future<Void> _ = server.shutdown(millis, TimeUnit.MILLISECONDS);
        }
        // Vert.x would wait for idle clients to leave by themselves.
        connections.values().stream().filter(Connection::isIdle).forEach(Connection::cut);
        try {
            boolean finished = service.calls().awaitNone(limit);
            connections.values().forEach(Connection::cut);
            long left = Math.max(CLOSE_NANOS_MIN, deadline - System.nanoTime());
            vertx.close().toCompletionStage().toCompletableFuture().get(left, TimeUnit.NANOSECONDS);
            return finished;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn().setCause(e).log("the server's threads did not end in time");
            return false;
        }
    }

    private void listen(HttpServerOptions options) throws StartRefused {
        Address address = service.configuration().listen();
        options.setHost(address.host())
                // Vert.x shares a port among event loops; -1 is one free port for all of them.
                .setPort(address.port() == 0 ? -1 : address.port())
                .setMaxInitialLineLength(REQUEST_LINE_SIZE_MAX)
                .setMaxHeaderSize(HEADER_SIZE_MAX)
                .setMaxWebSocketFrameSize(Line.MESSAGE_SIZE_BYTES_MAX)
                .setMaxWebSocketMessageSize(Line.MESSAGE_SIZE_BYTES_MAX)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                // Waiting to see which protocol it is would hide silent connections from us.
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(false);
        try {
            vertx.deployVerticle(
                            () -> new Loop(options),
                            new DeploymentOptions().setInstances(EVENT_LOOPS))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(address, e);
        } catch (ExecutionException e) {
            throw refused(address, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw refused(address, e);
        }
        LOG.atInfo().addKeyValue("address", address()).log("listening");
    }

    private StartRefused refused(Address address, Throwable why) {
        Future<Void> _ = vertx.close();
        return new StartRefused(
                ExitCode.FAILED, "cannot listen on " + address + ": " + why.getMessage());
    }

    /// One event loop's part of the server.
    private final class Loop extends AbstractVerticle {
        private final HttpServerOptions options;

        private Loop(HttpServerOptions options) {
            this.options = options;
        }

        @Override
        public void start(Promise<Void> started) {
            io.vertx.core.http.HttpServer server = vertx.createHttpServer(options);
            server.connectionHandler(this::connected)
                    .requestHandler(request -> begin(request, Call::begin))
                    .invalidRequestHandler(request -> begin(request, Call::beginInvalid))
                    .exceptionHandler(e -> LOG.atDebug().setCause(e).log("a connection failed"));
            server.listen().onSuccess(servers::add).<Void>mapEmpty().onComplete(started);
        }

        private void begin(HttpServerRequest request, Consumer<Call> way) {
            Connection connection = of(request.connection());
            if (connection.isEnding()) {
                return;
            }
            try {
                way.accept(new Call(vertx, service, connection, request));
            } catch (Throwable e) {
                Guarded.logged("before any route", e);
                connection.cut();
            }
        }

        private void connected(HttpConnection http) {
            FramedDecoder.reads(http, options);
            Connection connection =
                    new Connection(vertx, http, service.configuration().headerTimeMax());
            connections.put(http, connection);
            http.closeHandler(_ -> {
                connections.remove(http);
                connection.closed();
            });
            http.exceptionHandler(_ -> {});
            // A resumed TLS session asks no trust manager, so a member that was struck would still
            // come in.
            boolean trusted =
                    security.map(secure -> connection.isTrusted(secure.trust)).orElse(true);
            if (!trusted || connections.size() > service.configuration().connectionsMax()) {
                connection.cut();
            }
        }

        private Connection of(HttpConnection http) {
            return connections.computeIfAbsent(
                    http,
                    _ -> new Connection(vertx, http, service.configuration().headerTimeMax()));
        }
    }
}
