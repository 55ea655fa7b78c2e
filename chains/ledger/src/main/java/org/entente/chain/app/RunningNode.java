package org.entente.chain.app;

import org.entente.certs.pem.KeyFile;
import org.entente.chain.http.OpenApi;
import org.entente.chain.transport.Peers;
import org.entente.chain.worker.Fulfiller;
import org.entente.chain.worker.Hand;
import org.entente.chain.worker.Served;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.Clock;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.entente.runtime.http.HttpServer;
import org.entente.runtime.http.Operations;
import org.entente.runtime.http.Routes;
import org.entente.runtime.metrics.Health;
import org.entente.runtime.metrics.Metrics;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;

/// What a node of ours does once its chain runs, whatever makes its blocks: it looks after pacts,
/// says how it is, serves, and ends.
public final class RunningNode {
    private final NodeConfiguration configuration;
    private final Served chain;
    private final Clock clock;
    private final Metrics metrics;
    private final Shutdown shutdown;
    private final Health health;
    private SortedSet<String> addresses = Collections.emptySortedSet();

    /// @param readOnly why its disk takes no more blocks
    public RunningNode(
            NodeConfiguration configuration,
            Served chain,
            Supplier<Optional<String>> readOnly,
            Clock clock,
            Metrics metrics,
            Shutdown shutdown) {
        this.configuration = configuration;
        this.chain = chain;
        this.clock = clock;
        this.metrics = metrics;
        this.shutdown = shutdown;
        this.health = Health.none().with("chain", () -> answer(readOnly.get()));
        metrics.gauge("entente.chain.height", "of the newest block", () -> chain.head().height());
        metrics.gauge("entente.chain.waiting", "transactions not yet final", chain::waiting);
        metrics.gauge(
                "entente.chain.readonly",
                "1 when the disk takes no more blocks",
                () -> readOnly.get().isPresent() ? 1 : 0);
    }

    private Health.Answer answer(Optional<String> readOnly) {
        return readOnly.map(why -> Health.Answer.down("READ ONLY: " + why))
                .orElseGet(() -> Health.Answer.up("height " + chain.head().height()));
    }

    /// Brings pacts to their end as an account, from now on.
    public void fulfil(Hand hand, VerifyingKey account) {
        Fulfiller fulfiller =
                new Fulfiller(
                        chain,
                        hand,
                        account,
                        clock,
                        why -> shutdown.fail("pacts can no longer be looked after", why));
        shutdown.closing("fulfiller", _ -> fulfiller.join());
    }

    public void count(Peers peers) {
        metrics.gauge("entente.chain.peers", "connected", () -> peers.counts().connected());
    }

    /// Whatever is closed before it has to be named behind this: the chain ends first, so that what
    /// waits for a block is answered, and events end.
    ///
    /// @param cryptography who signs and verifies here
    /// @param own that only this consensus has
    /// @param document of all of it
    public HttpServer serve(KeyFile shown, String cryptography, Routes own, OpenApi document)
            throws StartRefused {
        Serving serving = configuration.serving();
        Routes routes =
                document.around(
                        serving.routes(chain, configuration.finalTimeMax(), cryptography, clock)
                                .and(own)
                                .and(Operations.routes(health, metrics)));
        addresses = routes.addresses();
        HttpServer server = serving.start(shown, routes, metrics);
        shutdown.closing("server", server::stop);
        return server;
    }

    /// What it serves, each as `GET /v1/status`.
    public SortedSet<String> addresses() {
        return addresses;
    }

    /// From now on it says that it serves.
    ///
    /// @return where
    public String serving(HttpServer server) {
        health.serving();
        return configuration.serving().address(server);
    }
}
