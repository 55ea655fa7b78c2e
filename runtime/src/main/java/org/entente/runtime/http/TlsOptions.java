package org.entente.runtime.http;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// TLS 1.3 and 1.2, and nothing older, as Vert.x takes it.
final class TlsOptions {
    private TlsOptions() {}

    static HttpServerOptions of(
            ServerTls tls, PresentedIdentity identity, HttpServerConfiguration configuration) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(KeyCertOptions.wrap(identity))
                        .setEnabledSecureTransportProtocols(
                                new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2")))
                        .setClientAuth(
                                switch (tls.clientCertificates()) {
                                    case NONE -> ClientAuth.NONE;
                                    case REQUESTED -> ClientAuth.REQUEST;
                                    case REQUIRED -> ClientAuth.REQUIRED;
                                })
                        .setSslHandshakeTimeout(configuration.headerTimeMax().toMillis())
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        // Handshakes cost a thousand requests; on the event loop they would hold up all other
        // connections.
        options.setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true));
        return tls.clientCertificates() == ClientCertificates.NONE
                ? options
                : options.setTrustOptions(TrustOptions.wrap(tls.trust()));
    }
}
