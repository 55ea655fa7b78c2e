package org.entente.agent.app;

import org.entente.agent.Renewal;
import org.entente.agent.RevocationLists;
import org.entente.agent.http.Enrolment;
import org.entente.agent.http.PublishedLists;
import org.entente.agent.http.ShownCertificates;
import org.entente.agent.http.TransactionCertificates;
import org.entente.agent.pem.FilesUnusable;
import org.entente.agent.pem.Identity;
import org.entente.agent.pem.IdentityFiles;
import org.entente.agent.pem.OrganisationFiles;
import org.entente.agent.worker.ExpiryWatch;
import org.entente.agent.worker.ListPublisher;
import org.entente.agent.worker.Loop;
import org.entente.agent.worker.Registration;
import org.entente.agent.worker.RelayClient;
import org.entente.agent.worker.Upkeep;
import org.entente.certs.Cryptography;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.certs.tls.X509;
import org.entente.protocol.Bytes;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.Address;
import org.entente.runtime.http.ClientCertificates;
import org.entente.runtime.http.HttpServer;
import org.entente.runtime.http.Operations;
import org.entente.runtime.http.Routes;
import org.entente.runtime.http.ServerIdentity;
import org.entente.runtime.http.ServerTls;
import org.entente.runtime.metrics.Health;
import org.entente.runtime.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;

/// The agent, wired: what serves, what works behind it, and in which order it ends.
public final class AgentProcess {
    private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);

    private final HttpServer server;

    private AgentProcess(HttpServer server) {
        this.server = server;
    }

    /// What all parts share.
    private record Parts(
            AgentConfiguration configuration,
            InstantSource clock,
            OrganisationFiles organisation,
            Upkeep upkeep,
            RevocationLists lists,
            Metrics metrics,
            SecureRandom random) {}

    /// Returns when it serves.
    static AgentProcess start(
            AgentConfiguration configuration, InstantSource clock, Shutdown shutdown)
            throws FilesUnusable, StartRefused {
        Parts parts = parts(configuration, clock, shutdown);
        ExpiryWatch expiry =
                new ExpiryWatch(parts.organisation, parts.upkeep, clock, parts.metrics);
        Health health =
                Health.none()
                        .with("certificates", expiry::health)
                        .with("ledger", () -> ledger(parts.organisation));
        Optional<Outbound> outbound =
                configuration.relay().isPresent()
                        ? Optional.of(outbound(parts, configuration.relay().get(), shutdown))
                        : Optional.empty();
        if (outbound.isPresent()) {
            health =
                    health.with("registration", outbound.get().registration::health)
                            .with("crl", outbound.get().publisher::health);
            health = outbound.get().exchanging.health(health);
        }
        HttpServer server =
                HttpServer.start(
                        configuration.http(),
                        new ServerTls(
                                identity(parts.upkeep.get()),
                                new ShownCertificates(parts.organisation).trust(),
                                ClientCertificates.REQUESTED),
                        outbound.map(it -> it.exchanging.routes())
                                .orElseGet(Routes::none)
                                .and(routes(parts, health)),
                        parts.metrics);
        shutdown.closing("server", server::stop);
        parts.upkeep.hear(identity -> server.present(identity(identity)));
        outbound.ifPresent(relay -> relay.start(parts, shutdown));
        keep("upkeep", parts.upkeep, shutdown);
        keep("expiry", expiry, shutdown);
        Health serving = health;
        shutdown.closing("health", _ -> serving.stopping());
        health.serving();
        return new AgentProcess(server);
    }

    private static Parts parts(
            AgentConfiguration configuration, InstantSource clock, Shutdown shutdown)
            throws FilesUnusable {
        Cryptography cryptography = Cryptography.fastest();
        LOG.atInfo().addKeyValue("cryptography", cryptography.report()).log("starting");
        SecureRandom random = new SecureRandom();
        OrganisationFiles organisation =
                OrganisationFiles.open(
                        configuration.organisation(),
                        configuration.password(),
                        cryptography,
                        random);
        shutdown.closing("organisation", _ -> organisation.close());
        Metrics metrics = new Metrics();
        shutdown.closing("metrics", _ -> metrics.close());
        Upkeep upkeep =
                new Upkeep(
                        organisation,
                        new IdentityFiles(configuration.identity(), cryptography, random),
                        new NodeId(organisation.get().id(), configuration.node()),
                        configuration.hosts(),
                        new Renewal(configuration.rotationOverlap()),
                        clock);
        return new Parts(
                configuration, clock, organisation, upkeep, new RevocationLists(), metrics, random);
    }

    /// What the agent does towards its relay.
    private record Outbound(
            RelayClient relay,
            Registration registration,
            ListPublisher publisher,
            Exchanging exchanging) {
        void start(Parts parts, Shutdown shutdown) {
            shutdown.closing("relay", _ -> relay.close());
            exchanging.start(shutdown);
            Loop registering = keep("registration", registration, shutdown);
            keep("crl", publisher, shutdown);
            parts.upkeep.hear(identity -> {
                relay.show(identity.tls());
                registering.wake();
            });
        }
    }

    private static Outbound outbound(Parts parts, AgentConfiguration.Relay place, Shutdown shutdown)
            throws StartRefused {
        X509Certificate pinned = pinned(place.certificate());
        RelayClient relay = new RelayClient(place.address(), pinned, parts.upkeep.get().tls());
        return new Outbound(
                relay,
                new Registration(
                        relay,
                        parts.organisation.get().verifier(),
                        parts.upkeep,
                        parts.configuration.chains(),
                        parts.configuration.roles(),
                        parts.random),
                new ListPublisher(
                        relay, parts.organisation, parts.lists, parts.clock, parts.random),
                Exchanging.open(
                        parts.configuration,
                        place,
                        pinned,
                        relay,
                        parts.organisation,
                        parts.upkeep,
                        parts.clock,
                        parts.random,
                        shutdown));
    }

    static X509Certificate pinned(Path file) throws StartRefused {
        try {
            return switch (X509.read(Bytes.copyOf(Files.readAllBytes(file)))) {
                case Parsed.Value<X509Certificate>(var certificate) -> certificate;
                case Parsed.Refused<X509Certificate>(var why) ->
                        throw new StartRefused(ExitCode.USAGE, file + ": " + why.detail());
            };
        } catch (IOException e) {
            throw new StartRefused(
                    ExitCode.USAGE, "cannot read the relay's certificate: " + e.getMessage());
        }
    }

    private static Loop keep(String name, Loop.Step step, Shutdown shutdown) {
        Loop loop = Loop.start(name, step);
        shutdown.closing(name, loop::stop);
        return loop;
    }

    private static Routes routes(Parts parts, Health health) {
        return Operations.routes(health, parts.metrics)
                .and(new Enrolment(parts.organisation, parts.clock).routes())
                .and(new TransactionCertificates(parts.organisation, parts.clock).routes())
                .and(new PublishedLists(parts.organisation, parts.lists, parts.clock).routes());
    }

    private static Health.Answer ledger(OrganisationFiles organisation) throws LedgerUnavailable {
        int revoked = organisation.get().revocations().fromSerial().size();
        return Health.Answer.up(revoked + " certificates are revoked");
    }

    private static ServerIdentity identity(Identity identity) {
        return new ServerIdentity(identity.tls().key(), identity.tls().chain());
    }

    Address address() {
        return server.address();
    }
}
