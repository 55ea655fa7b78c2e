package org.entente.chain.worker;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Header;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Solo;
import org.entente.chain.execution.Ledger;
import org.entente.chain.pool.Inclusion;
import org.entente.chain.pool.Pool;
import org.entente.chain.pool.Ticket;
import org.entente.chain.store.ChainStore;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes solo's blocks: takes what waits, executes, certifies, forces, announces. While one block
/// is being forced the next one's transactions gather, so many share one force.
///
/// One thread owns the store's end; what it announced any thread may read.
public final class BlockMaker implements Served {
    private static final Logger LOG = LoggerFactory.getLogger(BlockMaker.class);

    private final ChainStore store;
    private final Signer creator;
    private final Verifier verifier;
    private final InstantSource clock;
    private final Making making;
    private final Pool pool;
    private final Remembered remembered;
    private final Consumer<Throwable> whenFailed;
    private final Thread thread;

    /// Guards `head` and `closed`, and tells of them.
    private final Object announced = new Object();

    private Ledger head;
    private boolean closed;

    public BlockMaker(
            ChainStore store,
            Signer creator,
            Verifier verifier,
            InstantSource clock,
            Making making,
            Consumer<Throwable> whenFailed)
            throws IOException {
        this.store = store;
        this.creator = creator;
        this.verifier = verifier;
        this.clock = clock;
        this.making = making;
        this.pool = new Pool(making.pool());
        this.remembered = Remembered.of(making.remembered(), store.ledger().height(), store::block);
        this.whenFailed = whenFailed;
        this.head = store.ledger();
        this.thread = Thread.ofPlatform().name("block-maker").start(this::run);
    }

    /// The chain after the last announced block: each is final.
    @Override
    public Ledger head() {
        synchronized (announced) {
            return head;
        }
    }

    @Override
    public Ledger last() {
        return head();
    }

    @Override
    public int waiting() {
        return pool.count();
    }

    @Override
    public Optional<Block> block(long height) throws IOException {
        return height > head().height() ? Optional.empty() : store.block(height);
    }

    @Override
    public Optional<Inclusion> find(Digest id) {
        return remembered.find(id);
    }

    @Override
    public Optional<Long> pending(Digest id) {
        return Optional.empty();
    }

    @Override
    public Parsed<Ticket> submit(SignedTransaction signed) {
        Verdict verdict = head().execution(verifier).admissible(signed, head().state());
        return verdict instanceof Verdict.Rejected rejected
                ? new Parsed.Refused<>(rejected)
                : pool.add(signed, () -> head().state());
    }

    @Override
    public boolean awaitHeight(long height, Duration timeMax) throws InterruptedException {
        Waits.until(announced, timeMax, () -> head().height() >= height || isClosed());
        return head().height() >= height;
    }

    @Override
    public void awaitOther(Header known, Duration timeMax) throws InterruptedException {
        Waits.until(announced, timeMax, () -> !head().head().header().equals(known) || isClosed());
    }

    @Override
    public boolean isClosed() {
        synchronized (announced) {
            return closed;
        }
    }

    private void run() {
        try {
            while (true) {
                List<Ticket> taken =
                        pool.take(
                                making.transactionCountMax(),
                                Block.TRANSACTIONS_SIZE_BYTES_MAX,
                                making.gathering().toMillis());
                if (taken.isEmpty()) {
                    return;
                }
                make(taken);
            }
        } catch (IOException | RuntimeException e) {
            whenFailed.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void make(List<Ticket> taken) throws IOException {
        List<SignedTransaction> waiting = taken.stream().map(Ticket::signed).toList();
        Ledger before = head();
        Ledger.Made made = before.make(waiting, clock.instant(), creator.key(), verifier);
        if (!made.transactions().isEmpty()) {
            CertifiedHeader certified = Solo.certify(made.header(), creator);
            Ledger after = made.certified(certified);
            store.append(made.block(certified), after);
            announce(after);
        }
        for (int index = 0; index < taken.size(); index++) {
            Ticket ticket = taken.get(index);
            pool.end(ticket, ended(ticket.id(), made, index));
        }
        if (made.header().height() % making.snapshotBlocks() == 0) {
            store.snapshot();
            LOG.atInfo().addKeyValue("height", made.header().height()).log("snapshot");
        }
    }

    private Parsed<Inclusion> ended(Digest id, Ledger.Made made, int index) {
        return switch (made.results().get(index)) {
            case Ledger.Result.LeftOut(Verdict.Rejected why) -> new Parsed.Refused<>(why);
            case Ledger.Result.Included(int place, String words) -> {
                Inclusion inclusion =
                        new Inclusion(
                                made.header().height(), place, made.receipts().get(place), words);
                remembered.add(id, inclusion);
                yield Parsed.of(inclusion);
            }
        };
    }

    private void announce(Ledger after) {
        synchronized (announced) {
            head = after;
            announced.notifyAll();
        }
    }

    /// Ends after the block in the making; what waits is told to be sent again.
    public void close() throws InterruptedException {
        synchronized (announced) {
            closed = true;
            announced.notifyAll();
        }
        pool.close();
        thread.join();
    }
}
