package org.entente.chain.industrial.http.data;

import org.entente.certs.Signer;
import org.entente.chain.industrial.app.data.DataConfiguration;
import org.entente.chain.industrial.app.data.DataKeeping;
import org.entente.chain.industrial.data.DataChain;
import org.entente.chain.industrial.http.ServedTwin;
import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.store.LocalAlerts;
import org.entente.chain.industrial.vault.VaultLimits;
import org.entente.chain.industrial.worker.data.DamageAlerts;
import org.entente.chain.industrial.worker.data.DataNode;
import org.entente.chain.industrial.worker.data.Scrub;
import org.entente.protocol.Digest;
import org.entente.runtime.Shutdown;
import org.entente.runtime.config.Address;
import org.entente.runtime.http.HttpServer;
import org.entente.runtime.http.HttpServerConfiguration;
import org.entente.runtime.http.Routes;
import org.entente.runtime.metrics.Metrics;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One node's data over HTTP, on a chain in memory.
final class KeepingTwin implements AutoCloseable {
    private final Path directory;
    private final DataChain chain;
    private final ServedTwin served;
    private final LocalAlerts local;
    private final InstantSource clock;
    private final Metrics metrics = new Metrics();
    private final Shutdown shutdown = new Shutdown(Duration.ofSeconds(10));
    private final DataKeeping keeping;
    private final HttpServer server;

    KeepingTwin(Path directory, DataChain chain, InstantSource clock, List<URI> replicas)
            throws Exception {
        this.directory = directory;
        this.chain = chain;
        this.served = new ServedTwin(chain::ledger, chain::blocks);
        this.clock = clock;
        Files.createDirectories(directory);
        this.local = LocalAlerts.open(directory, chain.ledger().genesis().digest());
        DataConfiguration configuration =
                new DataConfiguration(
                        new VaultLimits(4, 2, Duration.ofHours(1), 0),
                        replicas,
                        List.of(),
                        Duration.ofDays(1),
                        1L << 40,
                        Duration.ofHours(1));
        keeping =
                DataKeeping.begin(
                        configuration,
                        directory,
                        served,
                        chain.creator(),
                        DataChain.VERIFIER,
                        clock,
                        new DamageAlerts(served, local),
                        metrics,
                        shutdown);
        server =
                HttpServer.startPlain(
                        HttpServerConfiguration.standard(new Address("127.0.0.1", 0)),
                        keeping.routes(),
                        metrics);
    }

    URI address() {
        return URI.create("http://" + server.address());
    }

    Routes routes() {
        return keeping.routes();
    }

    DataNode as(Signer account) {
        return new DataNode(address(), Optional.empty(), DataChain.CHAIN, account, clock);
    }

    Scrub scrub() {
        return keeping.scrub();
    }

    DataChain chain() {
        return chain;
    }

    /// What it told of its own files.
    List<Alert> alerts() throws IOException {
        return local.from(0, local.count());
    }

    /// Of how many objects it does not know yet that the chain and the replicas have them.
    int unsettled() {
        return keeping.custodian().unsettled();
    }

    List<Path> chunks() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("chunks"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    boolean hasKeys() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("keys"))) {
            return files.anyMatch(Files::isRegularFile);
        }
    }

    /// As a failing disk does.
    static void damage(Path chunk) throws IOException {
        byte[] bytes = Files.readAllBytes(chunk);
        bytes[bytes.length / 2] ^= 1;
        Files.write(chunk, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }

    Path chunk(Digest leaf) throws IOException {
        return chunks().stream()
                .filter(file -> file.endsWith(leaf.hex()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        served.close();
        server.stop(Duration.ofSeconds(5));
        shutdown.stop();
        metrics.close();
        local.close();
    }
}
