package org.entente.relay.app;

import org.entente.certs.Cryptography;
import org.entente.certs.HostName;
import org.entente.certs.Judge;
import org.entente.certs.RememberingVerifier;
import org.entente.certs.Verifier;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.merkle.MerkleTree;
import org.entente.registry.http.EntryRoutes;
import org.entente.registry.http.RegistryRoutes;
import org.entente.registry.journal.ViewPlace;
import org.entente.relay.Books;
import org.entente.relay.http.AffectedRoutes;
import org.entente.relay.http.AgentLink;
import org.entente.relay.http.AgentRoutes;
import org.entente.relay.http.ChangeRoutes;
import org.entente.relay.http.DeliveryRoutes;
import org.entente.relay.http.ExchangeRoutes;
import org.entente.relay.http.LogRoutes;
import org.entente.relay.http.MemberTrust;
import org.entente.relay.http.OpenApiRoutes;
import org.entente.relay.http.PayloadRoutes;
import org.entente.relay.http.RevocationListRoutes;
import org.entente.relay.http.StatusRoutes;
import org.entente.relay.http.SubmissionRoutes;
import org.entente.relay.http.TileRoutes;
import org.entente.relay.journal.Invitations;
import org.entente.relay.journal.Payloads;
import org.entente.relay.journal.RevocationLists;
import org.entente.relay.log.DurableDirectory;
import org.entente.relay.log.Log;
import org.entente.relay.log.LogInUse;
import org.entente.relay.log.Recovered;
import org.entente.relay.pem.RelayIdentity;
import org.entente.relay.worker.DeskSurroundings;
import org.entente.relay.worker.Desks;
import org.entente.relay.worker.LogBehindSeal;
import org.entente.relay.worker.Logs;
import org.entente.relay.worker.Recorder;
import org.entente.relay.worker.Replay;
import org.entente.relay.worker.Sightings;
import org.entente.relay.worker.Upkeep;
import org.entente.relay.worker.ViewFollower;
import org.entente.relay.worker.Watchers;
import org.entente.runtime.Clock;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.function.Consumer;

/// The relay's wiring.
final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private static final Duration VIEW_RETRY_DELAY = Duration.ofSeconds(5);

    /// Some 200 bytes each.
    private static final int REMEMBERED_SIGNATURES_MAX = 65_536;

    private final RelayConfiguration configuration;
    private final RelayDirectory directory;
    private final Cryptography cryptography = Cryptography.fastest();
    private final Clock clock;
    private SortedSet<String> addresses = Collections.emptySortedSet();

    Relay(RelayConfiguration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
        this.directory = new RelayDirectory(configuration.directory());
    }

    /// Takes up what an interrupted one left; the last thing that it makes is `relay.pem`.
    void init() throws IOException, KeyFileUnusable, StartRefused {
        requireUnmade();
        DurableDirectory.make(directory.root());
        RelayIdentity identity =
                RelayIdentity.create(
                        directory.root(),
                        configuration.hosts().stream().map(HostName::new).toList(),
                        cryptography,
                        new SecureRandom(),
                        clock.instant());
        if (!directory.isInitialised()) {
            Logs.create(
                    directory.logs(),
                    RelayDirectory.registryId(identity.key()),
                    configuration.registryLog());
        }
        identity.publish(directory.root());
        System.out.println("relay key " + identity.key());
        System.out.println(
                "next: give members "
                        + directory.root().resolve("relay.pem")
                        + ", which they pin, and start with: entente relay --config FILE");
    }

    void invite(OrganisationId organisation, Duration valid) throws IOException, StartRefused {
        requireInitialised();
        System.out.println(
                new Invitations(directory.invitations())
                        .invite(organisation, valid, clock.instant(), new SecureRandom()));
    }

    void check() throws IOException, KeyFileUnusable, StartRefused {
        try (Logs logs = logs(identity(), why -> {})) {
            Books books =
                    new Replay(cryptography.verifier(), Replay.Thoroughness.EVERYTHING).of(logs);
            MerkleTree tree = logs.registry().tree();
            System.out.println(
                    "registry size "
                            + tree.size()
                            + " root "
                            + tree.root()
                            + " digest "
                            + books.registry().digest());
            books.alliances()
                    .forEach((id, alliance) ->
                            System.out.println(
                                    id
                                            + " size "
                                            + books.sizes().get(id)
                                            + " root "
                                            + logs.named(id.toString()).orElseThrow().tree().root()
                                            + " digest "
                                            + alliance.digest()));
        }
    }

    /// @return where it serves
    Address serve(Shutdown shutdown) throws IOException, KeyFileUnusable, StartRefused {
        LOG.atInfo().addKeyValue("provider", cryptography.report()).log("signatures");
        RelayIdentity identity = identity();
        Metrics metrics = new Metrics();
        shutdown.closing("metrics", _ -> metrics.close());
        Logs logs = logs(identity, why -> shutdown.fail("a log can no longer be written", why));
        shutdown.closing("logs", _ -> logs.close());
        ViewFollower view =
                new ViewFollower(new ViewPlace(directory.view()), logs, VIEW_RETRY_DELAY);
        shutdown.closing("view", _ -> view.close());
        logs.byName().forEach(Relay::tellRecovered);
        Peers peers = new Peers();
        Verifier verifier =
                new RememberingVerifier(cryptography.verifier(), REMEMBERED_SIGNATURES_MAX);
        Payloads payloads = new Payloads(directory.payloads(), Payloads.Settings.STANDARD, clock);
        shutdown.closing("payloads", _ -> payloads.close());
        AgentLink link = new AgentLink(payloads);
        Desks desks = desks(identity, logs, verifier, payloads, link, metrics, shutdown);
        link.serve(desks);
        shutdown.closing("desks", _ -> desks.close());
        Recorder recorder =
                new Recorder(
                        logs,
                        desks,
                        clock,
                        verifier,
                        configuration.waitingMax(),
                        configuration.recordTimeMax(),
                        peers.andThen(view::changed),
                        why -> shutdown.fail("changes can no longer be recorded", why));
        shutdown.closing("recorder", _ -> recorder.close());
        Upkeep upkeep = new Upkeep(desks, recorder::books, view::changed);
        shutdown.closing("upkeep", _ -> upkeep.close());
        Health health = Health.none().with("log", () -> log(logs)).with("view", view::look);
        Routes all =
                new OpenApiRoutes()
                        .around(
                                routes(identity, logs, recorder, view)
                                        .and(exchanges(logs, desks, payloads, link))
                                        .and(Operations.routes(health, metrics)));
        addresses = all.addresses();
        HttpServer server =
                HttpServer.start(configuration.http(), tls(identity, recorder), all, metrics);
        shutdown.closing("server", server::stop);
        peers.are(server);
        health.serving();
        return server.address();
    }

    /// What it serves, each as `GET /v1/status`.
    SortedSet<String> addresses() {
        return addresses;
    }

    private Desks desks(
            RelayIdentity identity,
            Logs logs,
            Verifier verifier,
            Payloads payloads,
            AgentLink link,
            Metrics metrics,
            Shutdown shutdown)
            throws IOException, StartRefused {
        try {
            Desks desks =
                    new Desks(
                            logs,
                            new DeskSurroundings(
                                    directory.root(),
                                    identity.signer(),
                                    verifier,
                                    configuration.rules(),
                                    payloads,
                                    link,
                                    new Watchers(),
                                    clock,
                                    new Counts(metrics),
                                    why -> shutdown.fail("an alliance's desk cannot go on", why)));
            Counts.gauges(metrics, desks, link);
            return desks;
        } catch (LogBehindSeal e) {
            throw new StartRefused(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static Routes exchanges(Logs logs, Desks desks, Payloads payloads, AgentLink link) {
        return new ExchangeRoutes(desks)
                .routes()
                .and(new SubmissionRoutes(desks).routes())
                .and(new PayloadRoutes(payloads).routes())
                .and(new DeliveryRoutes(desks, new Sightings(logs, desks)).routes())
                .and(new AgentRoutes(desks).routes())
                .and(new AffectedRoutes(desks).routes())
                .and(link.routes());
    }

    private Routes routes(RelayIdentity identity, Logs logs, Recorder recorder, ViewFollower view) {
        return new ChangeRoutes(recorder, new Invitations(directory.invitations()), clock)
                .routes()
                .and(new LogRoutes(logs).routes())
                .and(new TileRoutes(logs, configuration.address(), identity.signer()).routes())
                .and(
                        new RevocationListRoutes(
                                        () -> recorder.books().registry(),
                                        new RevocationLists(
                                                directory.revocationLists(),
                                                cryptography.verifier()))
                                .routes())
                .and(
                        new StatusRoutes(
                                        configuration.address(),
                                        identity.key(),
                                        identity.pem(),
                                        cryptography.report(),
                                        recorder::books,
                                        logs,
                                        view::summaries,
                                        clock)
                                .routes())
                .and(
                        new RegistryRoutes(
                                        () -> recorder.books().registry(),
                                        () -> recorder.books().alliances(),
                                        clock)
                                .routes())
                .and(new EntryRoutes(view::view).routes());
    }

    private ServerTls tls(RelayIdentity identity, Recorder recorder) {
        return new ServerTls(
                new ServerIdentity(identity.file().keys().getPrivate(), identity.file().chain()),
                new MemberTrust(
                                () -> recorder.books().registry(),
                                new Judge(cryptography.verifier()),
                                clock)
                        .trust(),
                ClientCertificates.REQUESTED);
    }

    private Logs logs(RelayIdentity identity, Consumer<Throwable> whenFailed)
            throws IOException, StartRefused {
        try {
            return Logs.open(
                    directory.logs(),
                    RelayDirectory.registryId(identity.key()),
                    configuration.registryLog(),
                    configuration.allianceLog(),
                    whenFailed);
        } catch (LogInUse e) {
            throw new StartRefused(
                    ExitCode.FAILED,
                    "the relay of "
                            + directory.root()
                            + " is running; stop it first, or check its logs from outside with:"
                            + " entente log verify");
        }
    }

    private RelayIdentity identity() throws IOException, KeyFileUnusable, StartRefused {
        requireInitialised();
        return RelayIdentity.read(directory.root(), cryptography);
    }

    private void requireUnmade() throws IOException, StartRefused {
        if (!RelayIdentity.isPublished(directory.root())) {
            return;
        }
        throw new StartRefused(
                ExitCode.USAGE,
                directory.isInitialised()
                        ? directory.root()
                                + " holds a relay already; start it without --init: a second start"
                                + " from nothing would lose what it has promised"
                        : directory.root()
                                + " holds a relay whose logs are lost: restore "
                                + directory.logs()
                                + " from a backup, or name another directory for another relay");
    }

    private void requireInitialised() throws IOException, StartRefused {
        if (!directory.isInitialised()) {
            throw new StartRefused(
                    ExitCode.USAGE,
                    "there is no relay in "
                            + directory.root()
                            + ". If this is the first start, make one with --init; if it is not,"
                            + " the directory is lost or the configuration names another");
        }
    }

    private static void tellRecovered(String name, Log log) {
        Recovered recovered = log.recovered();
        LOG.atInfo()
                .addKeyValue("log", name)
                .addKeyValue("size", recovered.size())
                .addKeyValue("closed", recovered.closed())
                .log("opened");
        recovered
                .cut()
                .ifPresent(cut ->
                        LOG.atWarn()
                                .addKeyValue("log", name)
                                .addKeyValue("file", cut.file())
                                .addKeyValue("offset", cut.offset())
                                .addKeyValue("sizeBytes", cut.sizeBytes())
                                .addKeyValue("firstSerial", cut.firstSerial())
                                .log("cut a torn end that was never acknowledged: " + cut.why()));
    }

    private static Health.Answer log(Logs logs) {
        return Health.Answer.up("registry log of " + logs.registry().size() + " entries");
    }
}
