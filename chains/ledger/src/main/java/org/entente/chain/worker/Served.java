package org.entente.chain.worker;

import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Header;
import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Ledger;
import org.entente.chain.pool.Inclusion;
import org.entente.chain.pool.Ticket;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// A chain as its node's API shows it: what is final, and what waits to become so. Any thread may
/// ask.
public interface Served {
    /// After the newest final block.
    Ledger last();

    /// After the newest block, which may yet be replaced where blocks are not final at once.
    Ledger head();

    /// How many transactions wait.
    int waiting();

    /// A final block.
    Optional<Block> block(long height) throws IOException;

    /// Of a final block, also of one that this node itself does not have.
    default Optional<CertifiedHeader> header(long height) throws IOException {
        return block(height).map(Block::certified);
    }

    /// From which height on it has all blocks, apart from block 0.
    default long first() {
        return 1;
    }

    /// What became of one of the last transactions, by their ids; final.
    Optional<Inclusion> find(Digest id);

    /// The height of the newest branch's block that has a transaction, where that is not final.
    Optional<Long> pending(Digest id);

    /// Takes a transaction; its ticket ends when its block is final.
    Parsed<Ticket> submit(SignedTransaction signed);

    /// Waits until a block of this height is final; false when it was not in time, or nothing more
    /// will be.
    boolean awaitHeight(long height, Duration timeMax) throws InterruptedException;

    /// Waits until the newest block is another than this, or nothing more comes, or the time is
    /// over.
    void awaitOther(Header head, Duration timeMax) throws InterruptedException;

    boolean isClosed();
}
