package org.entente.chain.industrial.http;

import org.entente.chain.Block;
import org.entente.chain.Header;
import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.register.Town;
import org.entente.chain.pool.Inclusion;
import org.entente.chain.pool.Ticket;
import org.entente.chain.worker.Served;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.time.Duration;
import java.util.Optional;

/// A town's chain as routes see it; it takes no transactions over HTTP.
record TownChain(Town town) implements Served {
    @Override
    public Ledger last() {
        return town.ledger();
    }

    @Override
    public Ledger head() {
        return town.ledger();
    }

    @Override
    public int waiting() {
        return 0;
    }

    @Override
    public Optional<Block> block(long height) {
        return height < 1 || height > town.blocks().size()
                ? Optional.empty()
                : Optional.of(town.blocks().get(Math.toIntExact(height - 1)));
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
        return Parsed.refused(Fault.OVERLOADED, "not here");
    }

    @Override
    public boolean awaitHeight(long height, Duration timeMax) {
        return height <= town.ledger().height();
    }

    @Override
    public void awaitOther(Header head, Duration timeMax) {
        // It does not change while it is looked at.
    }

    /// Whoever reads its blocks stops behind the last.
    @Override
    public boolean isClosed() {
        return true;
    }
}
