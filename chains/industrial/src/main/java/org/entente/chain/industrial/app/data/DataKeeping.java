package org.entente.chain.industrial.app.data;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.certs.tls.X509;
import org.entente.chain.industrial.http.data.Askers;
import org.entente.chain.industrial.http.data.ContentRoutes;
import org.entente.chain.industrial.http.data.KeepRoutes;
import org.entente.chain.industrial.http.data.Reads;
import org.entente.chain.industrial.http.data.RecordRoutes;
import org.entente.chain.industrial.http.data.UploadRoutes;
import org.entente.chain.industrial.vault.FileDisk;
import org.entente.chain.industrial.vault.Vault;
import org.entente.chain.industrial.vault.VaultUnusable;
import org.entente.chain.industrial.worker.data.Custodian;
import org.entente.chain.industrial.worker.data.DataNode;
import org.entente.chain.industrial.worker.data.Replica;
import org.entente.chain.industrial.worker.data.Scrub;
import org.entente.chain.worker.Served;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Parsed;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.entente.runtime.http.Routes;
import org.entente.runtime.metrics.Metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The data that one node keeps: its vault, what is done with it by itself, and its routes.
public final class DataKeeping {
    private final Vault vault;
    private final Scrub scrub;
    private final Custodian custodian;
    private final List<DataNode> nodes;
    private final Routes routes;

    private DataKeeping(
            Vault vault, Scrub scrub, Custodian custodian, List<DataNode> nodes, Routes routes) {
        this.vault = vault;
        this.scrub = scrub;
        this.custodian = custodian;
        this.nodes = nodes;
        this.routes = routes;
    }

    /// @param directory of the vault
    /// @param account the node's own, a member's: by it the node asks other nodes
    /// @param whenDamaged hears of what no replica heals
    public static DataKeeping begin(
            DataConfiguration configuration,
            Path directory,
            Served chain,
            Signer account,
            Verifier verifier,
            InstantSource clock,
            Consumer<Scrub.Damage> whenDamaged,
            Metrics metrics,
            Shutdown shutdown)
            throws IOException, StartRefused {
        Vault vault = open(directory, configuration);
        ChainId id = chain.last().genesis().chain();
        List<DataNode> nodes = nodes(configuration, id, account, clock);
        List<Replica> replicas = nodes.stream().map(Replica::new).toList();
        Scrub scrub =
                new Scrub(vault, replicas, clock, configuration.scrubBytesPerSecond(), whenDamaged);
        Custodian custodian =
                new Custodian(
                        vault,
                        chain,
                        replicas,
                        scrub,
                        configuration.scrubEvery(),
                        configuration.unregisteredMax(),
                        clock,
                        why -> shutdown.fail("data can no longer be looked after", why));
        metrics.gauge(
                "entente.data.damaged",
                "chunks that are damaged and no replica has",
                () -> scrub.state().damaged().size());
        metrics.gauge(
                "entente.data.healed",
                "chunks that were healed from a replica",
                () -> scrub.state().healed());
        metrics.gauge(
                "entente.data.unsettled",
                "objects that are not registered yet, or that no replica has yet",
                custodian::unsettled);
        metrics.gauge(
                "entente.data.checked", "chunks that were read", () -> scrub.state().checked());
        Askers askers = new Askers(chain, verifier, clock);
        Reads reads = new Reads(directory.resolve("reads.log"));
        Routes routes =
                new RecordRoutes(chain)
                        .routes()
                        .and(new UploadRoutes(vault, askers).routes())
                        .and(new ContentRoutes(chain, vault, scrub, askers, reads).routes())
                        .and(new KeepRoutes(chain, vault, scrub, askers).routes());
        DataKeeping keeping = new DataKeeping(vault, scrub, custodian, nodes, routes);
        shutdown.closing("data", _ -> keeping.close());
        return keeping;
    }

    private static Vault open(Path directory, DataConfiguration configuration)
            throws IOException, StartRefused {
        try {
            Files.createDirectories(directory);
            return Vault.open(
                    directory, new FileDisk(), configuration.limits(), new SecureRandom());
        } catch (VaultUnusable e) {
            throw new StartRefused(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static List<DataNode> nodes(
            DataConfiguration configuration, ChainId chain, Signer account, InstantSource clock)
            throws IOException, StartRefused {
        List<DataNode> nodes = new ArrayList<>();
        for (int index = 0; index < configuration.replicas().size(); index++) {
            Optional<X509Certificate> certificate =
                    configuration.certificates().isEmpty()
                            ? Optional.empty()
                            : Optional.of(certificate(configuration.certificates().get(index)));
            nodes.add(
                    new DataNode(
                            configuration.replicas().get(index),
                            certificate,
                            chain,
                            account,
                            clock));
        }
        return nodes;
    }

    private static X509Certificate certificate(Path file) throws IOException, StartRefused {
        return switch (X509.read(Bytes.copyOf(Files.readAllBytes(file)))) {
            case Parsed.Value<X509Certificate>(var certificate) -> certificate;
            case Parsed.Refused<X509Certificate>(var why) ->
                    throw new StartRefused(ExitCode.USAGE, file + ": " + why.detail());
        };
    }

    public Routes routes() {
        return routes;
    }

    /// For whoever shows how the node is.
    public Scrub scrub() {
        return scrub;
    }

    public Custodian custodian() {
        return custodian;
    }

    /// After the chain is closed.
    private void close() throws IOException, InterruptedException {
        custodian.join();
        nodes.forEach(DataNode::close);
        vault.close();
    }
}
