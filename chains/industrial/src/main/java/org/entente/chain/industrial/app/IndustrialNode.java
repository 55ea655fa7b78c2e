package org.entente.chain.industrial.app;

import org.entente.certs.Cryptography;
import org.entente.certs.KeyEncoding;
import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.tls.TlsIdentity;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.app.NodeKey;
import org.entente.chain.app.RunningNode;
import org.entente.chain.contract.Contract;
import org.entente.chain.contract.Contracts;
import org.entente.chain.contract.sandbox.JavaContracts;
import org.entente.chain.execution.Ledger;
import org.entente.chain.http.OpenApi;
import org.entente.chain.industrial.Body;
import org.entente.chain.industrial.HeaderCheck;
import org.entente.chain.industrial.Reckoning;
import org.entente.chain.industrial.Replica;
import org.entente.chain.industrial.Self;
import org.entente.chain.industrial.app.data.DataKeeping;
import org.entente.chain.industrial.app.register.Registers;
import org.entente.chain.industrial.data.DataContract;
import org.entente.chain.industrial.http.IndustrialRoutes;
import org.entente.chain.industrial.http.TrailRoutes;
import org.entente.chain.industrial.store.TrailLog;
import org.entente.chain.industrial.worker.IndustrialChain;
import org.entente.chain.industrial.worker.Kind;
import org.entente.chain.industrial.worker.Meter;
import org.entente.chain.industrial.worker.Pledges;
import org.entente.chain.industrial.worker.Talk;
import org.entente.chain.industrial.worker.Verifying;
import org.entente.chain.pool.Mempool;
import org.entente.chain.store.ChainStore;
import org.entente.chain.store.StoreDamaged;
import org.entente.chain.store.StoreInUse;
import org.entente.chain.transport.PeerAddress;
import org.entente.chain.transport.PeerKey;
import org.entente.chain.transport.Peers;
import org.entente.chain.worker.Remembered;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.Clock;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.entente.runtime.http.HttpServer;
import org.entente.runtime.http.Routes;
import org.entente.runtime.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;

/// One node of an industrial chain: begins with a genesis once, and serves.
public final class IndustrialNode {
    private static final Logger LOG = LoggerFactory.getLogger(IndustrialNode.class);
    private static final int VERSION = 1;

    private final IndustrialConfiguration configuration;
    private final Cryptography cryptography = Cryptography.fastest();
    private final Clock clock;
    private SortedSet<String> addresses = Collections.emptySortedSet();

    public IndustrialNode(IndustrialConfiguration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    void init(Genesis genesis) throws IOException, StartRefused {
        begin(genesis);
        System.out.println("chain " + genesis.chain() + " genesis " + genesis.digest());
        System.out.println("next: start with: entente chain industrial --config FILE");
    }

    /// Begins with a genesis that all members have. The chain comes last: without it nothing was
    /// ever said.
    void begin(Genesis genesis) throws IOException, StartRefused {
        Path directory = configuration.directory();
        if (!NodeKey.isIn(directory)) {
            throw new StartRefused(
                    ExitCode.USAGE,
                    directory + " has no key yet; make it first: entente chain industrial keys");
        }
        configuration.requireNone();
        configuration.requireOurs(genesis, "the genesis is that of ");
        Pledges.create(directory);
        ChainStore.create(
                directory,
                genesis,
                new CertifiedHeader(
                        Ledger.first(genesis, reckoning(genesis, cryptography.verifier())),
                        Bytes.EMPTY));
    }

    private static Reckoning reckoning(Genesis genesis, Verifier verifier) throws StartRefused {
        List<Contract> builtIn = new ArrayList<>(Registers.contracts(genesis, verifier));
        builtIn.add(new DataContract(genesis.chain(), verifier));
        Contracts contracts = new JavaContracts(genesis.owner(), builtIn, verifier);
        return switch (Reckoning.of(genesis, contracts, verifier)) {
            case Parsed.Value<Reckoning>(Reckoning value) -> value;
            case Parsed.Refused<Reckoning>(Verdict.Rejected why) ->
                    throw new StartRefused(ExitCode.USAGE, "the genesis: " + why);
        };
    }

    /// @return where it serves
    public String serve(Shutdown shutdown) throws IOException, KeyFileUnusable, StartRefused {
        LOG.atInfo().addKeyValue("provider", cryptography.report()).log("signatures");
        Path directory = configuration.directory();
        Genesis genesis = configuration.genesis("--init --genesis FILE");
        KeyFile key = NodeKey.read(directory);
        Signer account = cryptography.signer(key.keys());
        Neighbours members = Neighbours.read(List.of(configuration.members()));
        Metrics metrics = new Metrics();
        shutdown.closing("metrics", _ -> metrics.close());
        Meter meter = new Meter();
        Verifying verifying = new Verifying(cryptography.verifier(), meter);
        Reckoning reckoning = reckoning(genesis, verifying);
        ChainStore store = store(directory, genesis, reckoning, verifying);
        shutdown.closing("store", _ -> store.close());
        TrailLog trail =
                TrailLog.open(
                        directory,
                        store.ledger(),
                        height -> store.block(height).orElseThrow(),
                        verifying);
        shutdown.closing("trail", _ -> trail.close());
        Pledges pledges = Pledges.open(directory);
        shutdown.closing("pledges", _ -> pledges.close());
        Replica replica = replica(genesis, reckoning, account, verifying, store, pledges);
        Talk talk = new Talk(meter);
        IndustrialChain chain =
                new IndustrialChain(
                        parts(store, trail, pledges, account, verifying, meter, talk),
                        replica,
                        why -> shutdown.fail("the chain can no longer be followed", why));
        Peers peers =
                configuration.connected(
                        genesis,
                        VERSION,
                        new TlsIdentity(key.keys().getPrivate(), key.chain()),
                        talk);
        talk.begin(peers, chain);
        want(peers, members, account.key());
        chain.start();
        RunningNode running =
                new RunningNode(configuration, chain, chain::readOnly, clock, metrics, shutdown);
        running.fulfil(chain.hand(), chain.account());
        running.count(peers);
        gauges(metrics, chain);
        Registers registers =
                Registers.begin(
                        directory,
                        chain,
                        account,
                        cryptography.verifier(),
                        configuration.serving(),
                        clock,
                        shutdown);
        Routes own =
                new IndustrialRoutes(chain, () -> peers.connected().size(), members::name)
                        .routes()
                        .and(new TrailRoutes(trail).routes())
                        .and(data(chain, account, registers, metrics, shutdown))
                        .and(registers.routes());
        HttpServer server = running.serve(key, cryptography.report(), own, document());
        addresses = running.addresses();
        shutdown.closing("peers", _ -> peers.close());
        shutdown.closing("talk", _ -> talk.close());
        shutdown.closing("chain", _ -> chain.close());
        return running.serving(server);
    }

    private static OpenApi document() {
        return OpenApi.ledger().with(IndustrialRoutes.class);
    }

    /// What it serves, each as `GET /v1/status`.
    SortedSet<String> addresses() {
        return addresses;
    }

    /// Begins to keep data.
    private Routes data(
            IndustrialChain chain,
            Signer account,
            Registers registers,
            Metrics metrics,
            Shutdown shutdown)
            throws IOException, StartRefused {
        return DataKeeping.begin(
                        configuration.data(),
                        configuration.directory().resolve("data"),
                        chain,
                        account,
                        cryptography.verifier(),
                        clock,
                        registers.damages(),
                        metrics,
                        shutdown)
                .routes();
    }

    private IndustrialChain.Parts parts(
            ChainStore store,
            TrailLog trail,
            Pledges pledges,
            Signer account,
            Verifying verifying,
            Meter meter,
            Talk talk)
            throws IOException {
        var working = configuration.working();
        return new IndustrialChain.Parts(
                store,
                trail,
                pledges,
                account,
                clock,
                new Mempool(working.pool(), Body.TRANSACTION_SIZE_BYTES_MAX),
                Remembered.of(working.remembered(), store.ledger().height(), store::block),
                verifying,
                meter,
                working,
                talk);
    }

    private Replica replica(
            Genesis genesis,
            Reckoning reckoning,
            Signer account,
            Verifying verifying,
            ChainStore store,
            Pledges pledges) {
        Self self =
                new Self(
                        genesis,
                        reckoning.settings(),
                        configuration.working().habits(),
                        account,
                        verifying);
        return switch (pledges.found()) {
            case Pledges.Found.Kept(var pledge) ->
                    new Replica(self, store.ledger(), pledge, clock.instant());
            case Pledges.Found.Lost(String why) -> {
                LOG.error(
                        "THE PLEDGE IS LOST: {}. This node does not seal block {}: what it said of"
                                + " it before it does not know; it seals again when the others have"
                                + " made it",
                        why,
                        store.ledger().height() + 1);
                yield Replica.silent(self, store.ledger(), clock.instant());
            }
        };
    }

    private static void want(Peers peers, Neighbours members, VerifyingKey own) {
        TreeMap<PeerKey, PeerAddress> wanted = new TreeMap<>();
        members.members().stream()
                .filter(each -> !each.key().equals(own))
                .forEach(each ->
                        wanted.put(new PeerKey(KeyEncoding.der(each.key())), each.address()));
        peers.want(wanted);
    }

    private static void gauges(Metrics metrics, IndustrialChain chain) {
        metrics.gauge("entente.chain.view", "of the next height", () -> chain.view().number());
        metrics.gauge(
                "entente.chain.viewchanges",
                "that this node took part in",
                chain.meter()::viewChanges);
        metrics.gauge(
                "entente.chain.verified", "signatures, each once", chain.meter()::verifications);
        for (Kind each : Kind.values()) {
            metrics.gauge(
                    "entente.chain.sent",
                    "messages, each peer counted",
                    "kind",
                    each.word(),
                    () -> chain.meter().sent(each));
            metrics.gauge(
                    "entente.chain.received",
                    "messages",
                    "kind",
                    each.word(),
                    () -> chain.meter().received(each));
        }
    }

    private static ChainStore store(
            Path directory, Genesis genesis, Reckoning reckoning, Verifying verifying)
            throws IOException, StartRefused {
        try {
            ChainStore store =
                    ChainStore.open(
                            directory,
                            new ChainStore.Consensus(
                                    reckoning,
                                    (header, state) ->
                                            HeaderCheck.of(genesis, verifying).check(header, state),
                                    verifying));
            LOG.atInfo()
                    .addKeyValue("chain", genesis.chain())
                    .addKeyValue("height", store.ledger().height())
                    .log("opened");
            return store;
        } catch (StoreDamaged e) {
            throw new StartRefused(
                    ExitCode.FAILED,
                    e.getMessage()
                            + "\n"
                            + "next: put a copy of the directory back. Beginning again with --init"
                            + " forgets what this node said of the next block: only while the"
                            + " others go on without it");
        } catch (StoreInUse e) {
            throw new StartRefused(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
