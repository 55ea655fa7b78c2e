package org.entente.runtime.http;

import io.netty.channel.ChannelFuture;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509ExtendedTrustManager;

/// One connection of a client: who it is, and how long it may be silent.
///
/// Its fields belong to the event loop of the connection.
final class Connection {
    private final Vertx vertx;
    private final HttpConnection connection;
    private final Duration silenceMax;
    private final List<X509Certificate> peer;
    private final AtomicInteger active = new AtomicInteger();
    private long timer = -1;
    private boolean ending;

    Connection(Vertx vertx, HttpConnection connection, Duration silenceMax) {
        this.vertx = vertx;
        this.connection = connection;
        this.silenceMax = silenceMax;
        this.peer = peerOf(connection);
        watch();
    }

    List<X509Certificate> peer() {
        return peer;
    }

    /// A client that showed no certificate has none to distrust.
    boolean isTrusted(X509ExtendedTrustManager trust) {
        if (peer.isEmpty()) {
            return true;
        }
        try {
            trust.checkClientTrusted(
                    peer.toArray(X509Certificate[]::new),
                    peer.getFirst().getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    void requestBegan() {
        active.incrementAndGet();
        vertx.cancelTimer(timer);
    }

    void requestEnded() {
        if (active.decrementAndGet() == 0) {
            watch();
        }
    }

    /// What else was sent is not a request any more: its beginning cannot be trusted.
    void endsAfterThis() {
        ending = true;
    }

    boolean isEnding() {
        return ending;
    }

    boolean isIdle() {
        return active.get() == 0;
    }

    void closed() {
        vertx.cancelTimer(timer);
    }

    /// At once: what is not written yet is dropped, since a client that does not read would hold it
    /// for ever.
    void cut() {
        vertx.cancelTimer(timer);
        ChannelFuture _ = ((HttpServerConnection) connection).channelHandlerContext().close();
    }

    private void watch() {
        timer = vertx.setTimer(silenceMax.toMillis(), _ -> cut());
    }

    private static List<X509Certificate> peerOf(HttpConnection connection) {
        if (!connection.isSsl()) {
            return List.of();
        }
        try {
            return connection.peerCertificates().stream().map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }
}
