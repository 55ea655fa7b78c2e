package org.entente.chain.industrial.http;

import org.entente.chain.Block;
import org.entente.chain.Header;
import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Ledger;
import org.entente.chain.pool.Inclusion;
import org.entente.chain.pool.Ticket;
import org.entente.chain.worker.Served;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// A chain in memory as its node shows it; it takes no transactions.
public final class ServedTwin implements Served {
    private static final long LOOK_MILLIS = 10;
    private final Supplier<Ledger> ledger;
    private final Supplier<List<Block>> chain;
    private final List<Long> read = new CopyOnWriteArrayList<>();
    private volatile boolean ends;
    private volatile boolean closed;

    /// @param chain its blocks, from block 1 on
    public ServedTwin(Supplier<Ledger> ledger, Supplier<List<Block>> chain) {
        this.ledger = ledger;
        this.chain = chain;
    }

    /// Whoever reads its blocks stops behind the last.
    public ServedTwin close() {
        closed = true;
        return this;
    }

    /// Ends once somebody waits for a block behind the last.
    public ServedTwin ending() {
        ends = true;
        return this;
    }

    /// The heights of the blocks that were read, in that order.
    public List<Long> read() {
        return List.copyOf(read);
    }

    @Override
    public Ledger last() {
        return ledger.get();
    }

    @Override
    public Ledger head() {
        return ledger.get();
    }

    @Override
    public int waiting() {
        return 0;
    }

    @Override
    public Optional<Block> block(long height) {
        read.add(height);
        List<Block> blocks = chain.get();
        return height >= 1 && height <= blocks.size()
                ? Optional.of(blocks.get((int) height - 1))
                : Optional.empty();
    }

    @Override
    public Optional<Inclusion> find(Digest id) {
        return Optional.empty();
    }

    @Override
    public Optional<Long> pending(Digest id) {
        return Optional.empty();
    }

    @Override
    public Parsed<Ticket> submit(SignedTransaction signed) {
        return Parsed.refused(Fault.NOT_FOUND, "blocks are made by the test");
    }

    @Override
    public boolean awaitHeight(long height, Duration timeMax) {
        boolean isThere = last().height() >= height;
        closed |= ends && !isThere;
        return isThere;
    }

    @Override
    public void awaitOther(Header head, Duration timeMax) throws InterruptedException {
        long end = System.nanoTime() + timeMax.toNanos();
        while (!closed && last().head().header().equals(head) && System.nanoTime() < end) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
