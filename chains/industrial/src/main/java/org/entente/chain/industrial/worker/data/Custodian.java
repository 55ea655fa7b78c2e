package org.entente.chain.industrial.worker.data;

import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.Receipt;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.data.DataBook;
import org.entente.chain.industrial.data.DataContract;
import org.entente.chain.industrial.data.DataDeed;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.vault.Manifest;
import org.entente.chain.industrial.vault.Vault;
import org.entente.chain.worker.Served;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Does with the vault what final blocks say: destroys what was erased, keeps a replica of what is
/// registered, removes what nobody registered in a day; and scrubs now and then. Two threads of its
/// own: an erasure does not wait for a scrub.
public final class Custodian {
    private static final Logger LOG = LoggerFactory.getLogger(Custodian.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Vault vault;
    private final Served chain;
    private final List<Replica> replicas;
    private final Scrub scrub;
    private final Duration scrubEvery;
    private final Duration unregisteredMax;
    private final InstantSource clock;
    private final Consumer<Throwable> whenFailed;
    private final Thread following;
    private final Thread scrubbing;

    /// Objects of which it is not known yet that a replica has them; of the following thread.
    private final TreeSet<Digest> unsettled = new TreeSet<>();

    private Instant tried = Instant.MIN;

    /// How many of them there are, for any thread.
    private volatile int left;

    /// @param unregisteredMax how long an object waits to be registered
    public Custodian(
            Vault vault,
            Served chain,
            List<Replica> replicas,
            Scrub scrub,
            Duration scrubEvery,
            Duration unregisteredMax,
            InstantSource clock,
            Consumer<Throwable> whenFailed) {
        this.vault = vault;
        this.chain = chain;
        this.replicas = List.copyOf(replicas);
        this.scrub = scrub;
        this.scrubEvery = scrubEvery;
        this.unregisteredMax = unregisteredMax;
        this.clock = clock;
        this.whenFailed = whenFailed;
        this.following = Thread.ofVirtual().name("custodian").start(() -> run(this::follow));
        this.scrubbing = Thread.ofVirtual().name("scrub").start(() -> run(this::scrub));
    }

    /// Of how many objects it is not known yet that the chain and all replicas have them.
    public int unsettled() {
        return left;
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private void run(Task task) {
        try {
            task.run();
        } catch (IOException | RuntimeException e) {
            whenFailed.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void scrub() throws IOException, InterruptedException {
        while (true) {
            Thread.sleep(scrubEvery);
            scrub.run();
        }
    }

    private void follow() throws IOException, InterruptedException {
        Ledger seen = chain.last();
        settleAll(seen);
        while (!chain.isClosed()) {
            chain.awaitOther(seen.head().header(), EVERY);
            Ledger last = chain.last();
            for (long height = seen.height() + 1; height <= last.height(); height++) {
                Optional<Block> block = chain.block(height);
                if (block.isEmpty()) {
                    settleAll(last);
                    break;
                }
                read(block.get());
            }
            unsettled.addAll(vault.fresh());
            left = unsettled.size();
            Instant now = clock.instant();
            boolean moved = last.height() > seen.height();
            if (!unsettled.isEmpty()
                    && (moved || Duration.between(tried, now).compareTo(RETRY) > 0)) {
                tried = now;
                settle(last);
            }
            seen = last;
        }
    }

    /// All that there is, by what the state says of it.
    private void settleAll(Ledger last) throws IOException, InterruptedException {
        unsettled.addAll(vault.roots());
        settle(last);
    }

    private void settle(Ledger last) throws IOException, InterruptedException {
        for (Digest root : List.copyOf(unsettled)) {
            if (!(vault.manifest(root) instanceof Parsed.Value<Manifest>(Manifest manifest))
                    || isSettled(manifest, new DataBook(last.state()))) {
                unsettled.remove(root);
            }
        }
        left = unsettled.size();
    }

    private boolean isSettled(Manifest manifest, DataBook book)
            throws IOException, InterruptedException {
        return switch (book.standing(manifest.id(), manifest.root())) {
            case ERASED -> {
                erase(manifest.id(), manifest.root());
                yield true;
            }
            case UNKNOWN -> {
                Duration age = Duration.between(manifest.sealed(), clock.instant());
                boolean isOld = age.compareTo(unregisteredMax) > 0;
                if (isOld) {
                    LOG.atInfo().addKeyValue("data", manifest.id()).log("nobody registered it");
                    vault.erase(manifest.root());
                }
                yield isOld;
            }
            case REGISTERED -> {
                boolean kept = true;
                if (manifest.kind() == Manifest.Kind.OWN) {
                    for (Replica replica : replicas) {
                        kept &= replica.keep(vault, manifest);
                    }
                }
                yield kept;
            }
        };
    }

    private void read(Block block) throws IOException {
        for (int index = 0; index < block.transactions().size(); index++) {
            boolean done = block.receipts().get(index).status() == Receipt.Status.DONE;
            Action action = block.transactions().get(index).transaction().action();
            if (done
                    && action instanceof Action.Call call
                    && call.contract().equals(DataContract.NAME)
                    && DataDeed.FORMAT.decode(call.arguments())
                            instanceof
                            Parsed.Value<DataDeed>(DataDeed.Erase(DataId id, String _))) {
                for (Digest root : vault.of(id)) {
                    erase(id, root);
                }
            }
        }
    }

    private void erase(DataId id, Digest root) throws IOException {
        vault.erase(root);
        LOG.atInfo().addKeyValue("data", id).addKeyValue("root", root).log("erased");
    }

    /// Waits for its end; after the chain is closed.
    public void join() throws InterruptedException {
        scrubbing.interrupt();
        scrubbing.join();
        following.interrupt();
        following.join();
    }
}
