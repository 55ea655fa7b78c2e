package org.entente.chain.app;

import org.entente.certs.Cryptography;
import org.entente.certs.RememberingVerifier;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.Genesis;
import org.entente.chain.Solo;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.chain.http.OpenApi;
import org.entente.chain.store.ChainStore;
import org.entente.chain.store.StoreDamaged;
import org.entente.chain.store.StoreInUse;
import org.entente.chain.worker.BlockMaker;
import org.entente.chain.worker.Hand;
import org.entente.protocol.Bytes;
import org.entente.protocol.Sorted;
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
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// One node of solo, which is the whole chain: makes it once, and serves it.
public final class SoloNode {
    /// More than can wait: each is verified by the thread that takes it, and looked up by the one
    /// that makes blocks.
    private static final int REMEMBERED_SIGNATURES = 1 << 14;

    private static final Logger LOG = LoggerFactory.getLogger(SoloNode.class);

    private final SoloConfiguration configuration;
    private final Cryptography cryptography = Cryptography.fastest();
    private final Clock clock;
    private SortedSet<String> addresses = Collections.emptySortedSet();

    public SoloNode(SoloConfiguration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    /// What it serves, each as `GET /v1/status`.
    SortedSet<String> addresses() {
        return addresses;
    }

    void init() throws IOException, KeyFileUnusable, StartRefused {
        Path directory = configuration.directory();
        configuration.requireNone();
        KeyFile file =
                NodeKey.make(
                        directory, configuration.serving().hosts(), cryptography, clock.instant());
        Signer creator = cryptography.signer(file.keys());
        Genesis genesis =
                new Genesis(
                        configuration.chain(),
                        Solo.NAME,
                        configuration.owner(),
                        Sorted.copyOf(List.of(creator.key())),
                        Sorted.copyOf(configuration.accounts()),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        Bytes.EMPTY);
        ChainStore.create(
                directory, genesis, Solo.certify(Ledger.first(genesis, Governance.NONE), creator));
        System.out.println("chain " + genesis.chain() + " genesis " + genesis.digest());
        System.out.println("next: start with: entente chain solo --config FILE");
    }

    /// @return where it serves
    public String serve(Shutdown shutdown) throws IOException, KeyFileUnusable, StartRefused {
        LOG.atInfo().addKeyValue("provider", cryptography.report()).log("signatures");
        Path directory = configuration.directory();
        Genesis genesis = genesis();
        KeyFile file = NodeKey.read(directory);
        Metrics metrics = new Metrics();
        shutdown.closing("metrics", _ -> metrics.close());
        ChainStore store = store(directory, genesis);
        shutdown.closing("store", _ -> store.close());
        Signer creator = cryptography.signer(file.keys());
        BlockMaker maker =
                new BlockMaker(
                        store,
                        creator,
                        new RememberingVerifier(cryptography.verifier(), REMEMBERED_SIGNATURES),
                        clock,
                        configuration.making(),
                        why -> shutdown.fail("blocks can no longer be made", why));
        RunningNode running =
                new RunningNode(configuration, maker, Optional::empty, clock, metrics, shutdown);
        running.fulfil(new Hand(maker, creator), creator.key());
        HttpServer server =
                running.serve(file, cryptography.report(), Routes.none(), OpenApi.ledger());
        addresses = running.addresses();
        shutdown.closing("block-maker", _ -> maker.close());
        return running.serving(server);
    }

    private Genesis genesis() throws IOException, StartRefused {
        Genesis genesis = configuration.genesis("--init");
        if (!genesis.owner().equals(configuration.owner())) {
            throw new StartRefused(
                    ExitCode.USAGE,
                    configuration.directory()
                            + " holds a chain of the owner "
                            + genesis.owner()
                            + ", the configuration names another");
        }
        return genesis;
    }

    private ChainStore store(Path directory, Genesis genesis) throws IOException, StartRefused {
        try {
            ChainStore store =
                    ChainStore.open(
                            directory, ChainStore.Consensus.solo(genesis, cryptography.verifier()));
            LOG.atInfo()
                    .addKeyValue("chain", genesis.chain())
                    .addKeyValue("height", store.ledger().height())
                    .addKeyValue("keys", store.ledger().state().count())
                    .log("opened");
            return store;
        } catch (StoreInUse | StoreDamaged e) {
            throw new StartRefused(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
