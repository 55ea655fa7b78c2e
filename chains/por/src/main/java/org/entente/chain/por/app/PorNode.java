package org.entente.chain.por.app;

import org.entente.certs.Cryptography;
import org.entente.certs.RememberingVerifier;
import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.app.RunningNode;
import org.entente.chain.execution.Ledger;
import org.entente.chain.http.OpenApi;
import org.entente.chain.pool.Mempool;
import org.entente.chain.por.BlockJudge;
import org.entente.chain.por.Joining;
import org.entente.chain.por.Placed;
import org.entente.chain.por.Signers;
import org.entente.chain.por.StrongContracts;
import org.entente.chain.por.Watch;
import org.entente.chain.por.http.HeadFeed;
import org.entente.chain.por.http.PorRoutes;
import org.entente.chain.por.mining.Miner;
import org.entente.chain.por.mining.MinerSettings;
import org.entente.chain.por.worker.Joiner;
import org.entente.chain.por.worker.Keeper;
import org.entente.chain.por.worker.PorChain;
import org.entente.chain.por.worker.Talk;
import org.entente.chain.store.ChainStore;
import org.entente.chain.store.ForkedStore;
import org.entente.chain.store.HeaderLog;
import org.entente.chain.store.StoreDamaged;
import org.entente.chain.store.StoreInUse;
import org.entente.chain.transport.PeerHandler;
import org.entente.chain.transport.Peers;
import org.entente.chain.worker.Remembered;
import org.entente.light.Rsa;
import org.entente.light.por.Following;
import org.entente.light.por.HeaderJudge;
import org.entente.light.por.Link;
import org.entente.light.por.Settings;
import org.entente.light.por.Work;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.Clock;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.entente.runtime.Threads;
import org.entente.runtime.http.HttpServer;
import org.entente.runtime.http.Routes;
import org.entente.runtime.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.Function;

/// One node of a PoR chain: begins with a genesis once, and serves.
public final class PorNode {
    private static final Logger LOG = LoggerFactory.getLogger(PorNode.class);
    private static final int VERSION = 1;
    private static final int REMEMBERED_SIGNATURES = 1 << 16;
    private static final int TRANSACTION_ROOM_BYTES = 4_096;

    private final PorConfiguration configuration;
    private final Cryptography cryptography = Cryptography.fastest();
    private final Clock clock;
    private SortedSet<String> addresses = Collections.emptySortedSet();

    public PorNode(PorConfiguration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    /// What it serves, each as `GET /v1/status`.
    SortedSet<String> addresses() {
        return addresses;
    }

    void init(Genesis genesis) throws IOException, StartRefused {
        begin(genesis);
        begun(genesis);
    }

    /// Begins with the state of others, which takes as long as it takes.
    void initFromSnapshot(Genesis genesis)
            throws IOException, KeyFileUnusable, StartRefused, InterruptedException {
        Ledger joined = join(genesis, words -> System.out.println("joining: " + words));
        System.out.println(
                "joined behind block "
                        + joined.height()
                        + "; this node has the blocks from the next one on");
        begun(genesis);
    }

    private static void begun(Genesis genesis) {
        System.out.println("chain " + genesis.chain() + " genesis " + genesis.digest());
        System.out.println("next: start with: entente chain por --config FILE");
    }

    /// Begins with a genesis that all members have.
    void begin(Genesis genesis) throws IOException, StartRefused {
        requireNone(genesis);
        ChainStore.create(configuration.directory(), genesis, first(genesis));
    }

    private CertifiedHeader first(Genesis genesis) throws StartRefused {
        return new CertifiedHeader(Ledger.first(genesis, governance(genesis)), Bytes.EMPTY);
    }

    /// Begins with a state that others have, believing nobody (docs/chains/por.md §5.9). Until it
    /// returns there is no chain in the directory.
    ///
    /// @param progress is told in words how far it is
    public Ledger join(Genesis genesis, Consumer<String> progress)
            throws IOException, KeyFileUnusable, StartRefused, InterruptedException {
        requireNone(genesis);
        Path directory = configuration.directory();
        NodeKeys keys = NodeKeys.read(directory);
        Settings settings = Founding.settings(genesis);
        CertifiedHeader first = first(genesis);
        Link begun =
                Link.first(settings, genesis.digest(), first.header().digest(), genesis.time());
        Joining joining = new Joining(new Following(headers(genesis), begun), clock.instant());
        Joiner joiner = new Joiner(clock);
        try (HeaderLog log = ForkedStore.joining(directory);
                Peers peers = peers(genesis, keys.node(), joiner)) {
            return switch (joiner.run(joining, peers, settings.rules(), log, progress)) {
                case Parsed.Refused<Joining.Step.Joined>(Verdict.Rejected(var _, String why)) ->
                        throw new StartRefused(
                                ExitCode.FAILED,
                                why + "\nnext: try again, or begin with --from zero");
                case Parsed.Value<Joining.Step.Joined>(Joining.Step.Joined it) -> {
                    Ledger state = new Ledger(genesis, governance(genesis), it.head(), it.state());
                    ForkedStore.join(directory, first, state, log);
                    yield state;
                }
            };
        }
    }

    private HeaderJudge headers(Genesis genesis) {
        return new HeaderJudge(genesis.chain(), Rsa.of(cryptography), Work.HASHED);
    }

    private void requireNone(Genesis genesis) throws StartRefused {
        Path directory = configuration.directory();
        if (!NodeKeys.areIn(directory)) {
            throw new StartRefused(
                    ExitCode.USAGE,
                    directory + " has no keys yet; make them first: entente chain por keys");
        }
        configuration.requireNone();
        configuration.requireOurs(genesis, "the genesis is that of ");
    }

    private StrongContracts governance(Genesis genesis) throws StartRefused {
        return new StrongContracts(
                genesis.chain(), Founding.settings(genesis), Rsa.of(cryptography));
    }

    /// @return where it serves
    public String serve(Shutdown shutdown) throws IOException, KeyFileUnusable, StartRefused {
        LOG.atInfo().addKeyValue("provider", cryptography.report()).log("signatures");
        Path directory = configuration.directory();
        Genesis genesis = configuration.genesis("--init --genesis FILE");
        NodeKeys keys = NodeKeys.read(directory);
        Metrics metrics = new Metrics();
        shutdown.closing("metrics", _ -> metrics.close());
        ForkedStore store = store(directory, genesis);
        shutdown.closing("store", _ -> store.close());
        Talk talk = new Talk(clock, Founding.settings(genesis).skewMax());
        Keyring ring = new Keyring(directory, genesis.chain(), keys, cryptography);
        Signer account = keys.transactions(cryptography);
        PorChain chain = chain(genesis, account, ring, store, talk, shutdown);
        ring.look(chain.view());
        Peers peers = peers(genesis, ring.shown(), talk);
        talk.begin(peers, chain);
        chain.start();
        RunningNode running =
                new RunningNode(configuration, chain, chain::readOnly, clock, metrics, shutdown);
        running.fulfil(chain.hand(), chain.account());
        running.count(peers);
        gauges(metrics, chain, talk);
        Routes own =
                configuration
                        .serving()
                        .events("/v1/por/events", new HeadFeed(chain))
                        .and(
                                new PorRoutes(chain, () -> peers.connected().size(), talk::ahead)
                                        .routes());
        HttpServer server =
                running.serve(
                        ring.shown(),
                        cryptography.report(),
                        own,
                        OpenApi.ledger().with(PorRoutes.class));
        addresses = running.addresses();
        shutdown.closing("peers", _ -> peers.close());
        shutdown.closing("chain", _ -> chain.close());
        Threads.start(
                "node-keys",
                () -> {
                    try {
                        ring.follow(chain, key -> show(key, peers, server));
                    } catch (RuntimeException e) {
                        shutdown.fail("the node's key can no longer be looked after", e);
                    }
                });
        return running.serving(server);
    }

    private void show(KeyFile key, Peers peers, HttpServer server) {
        peers.become(NodeKeys.shown(key));
        configuration.serving().present(server, key);
    }

    private PorChain chain(
            Genesis genesis,
            Signer account,
            Signers signers,
            ForkedStore store,
            Talk talk,
            Shutdown shutdown)
            throws IOException, StartRefused {
        Settings settings = Founding.settings(genesis);
        Verifier verifier = new RememberingVerifier(cryptography.verifier(), REMEMBERED_SIGNATURES);
        BlockJudge judge = new BlockJudge(settings, headers(genesis), verifier);
        var working = configuration.working();
        Remembered remembered =
                Remembered.of(working.remembered(), store.start().height(), store::block);
        Keeper keeper = new Keeper(store, settings, verifier, working.snapshotBlocks());
        Instant now = clock.instant();
        Watch watch =
                replayed(
                        keeper,
                        last ->
                                new Watch(
                                        judge, working.habits(), account.key(), signers, last, now),
                        remembered,
                        now);
        return new PorChain(
                new PorChain.Parts(
                        store,
                        watch,
                        keeper,
                        account,
                        clock,
                        new Mempool(
                                working.pool(),
                                settings.blockSizeBytesMax() - TRANSACTION_ROOM_BYTES),
                        remembered,
                        Miner.start(MinerSettings.limited(configuration.hashRateMax())),
                        talk),
                why -> shutdown.fail("the chain can no longer be followed", why));
    }

    private static Watch replayed(
            Keeper keeper, Function<Placed, Watch> begin, Remembered remembered, Instant now)
            throws IOException, StartRefused {
        try {
            return keeper.replayed(begin, remembered, now);
        } catch (StoreDamaged e) {
            throw damaged(e);
        }
    }

    /// The other nodes have all of it.
    private static StartRefused damaged(StoreDamaged why) {
        return new StartRefused(
                ExitCode.FAILED,
                why.getMessage()
                        + "\n"
                        + "next: put a copy of the directory back, or move everything but the keys"
                        + " (*.p12, password, node.pem) out of it and begin again with --init"
                        + " --genesis FILE: the other nodes send the blocks");
    }

    private Peers peers(Genesis genesis, KeyFile shown, PeerHandler handler) throws StartRefused {
        return configuration.connected(genesis, VERSION, NodeKeys.shown(shown), handler);
    }

    private static void gauges(Metrics metrics, PorChain chain, Talk talk) {
        metrics.gauge(
                "entente.chain.final", "the newest final height", () -> chain.last().height());
        metrics.gauge(
                "entente.chain.stale",
                "blocks that are not of the chain",
                () -> chain.view().stale());
        metrics.gauge(
                "entente.chain.reorganised", "blocks left for a longer branch", chain::reorganised);
        metrics.gauge("entente.chain.hashes", "tried", chain::hashes);
        metrics.gauge(
                "entente.chain.split",
                "1 when the chain has split below what is final",
                () -> chain.view().isSplit() ? 1 : 0);
        metrics.gauge(
                "entente.chain.clock.ahead",
                "milliseconds of the peers' clocks",
                () -> talk.ahead().map(Duration::toMillis).orElse(0L));
    }

    private ForkedStore store(Path directory, Genesis genesis) throws IOException, StartRefused {
        try {
            return ForkedStore.open(directory, governance(genesis));
        } catch (StoreDamaged e) {
            throw damaged(e);
        } catch (StoreInUse e) {
            throw new StartRefused(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
