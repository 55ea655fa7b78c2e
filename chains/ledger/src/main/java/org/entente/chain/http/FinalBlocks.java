package org.entente.chain.http;

import org.entente.chain.Block;
import org.entente.chain.worker.Served;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The blocks of a chain as they become final, by their heights.
record FinalBlocks(Served chain) implements Feed {
    record Event(ChainRoutes.HeaderView header, List<String> transactions) {}

    @Override
    public long next() {
        return chain.last().height() + 1;
    }

    @Override
    public long first() {
        return chain.first() > 1 ? chain.first() : 0;
    }

    @Override
    public Optional<Told> await(long height, Duration timeMax)
            throws IOException, InterruptedException {
        return chain.awaitHeight(height, timeMax)
                ? Optional.of(new Told("block", event(chain.block(height).orElseThrow())))
                : Optional.empty();
    }

    @Override
    public boolean isClosed() {
        return chain.isClosed();
    }

    private static Event event(Block block) {
        return new Event(
                ChainRoutes.HeaderView.of(block.certified()),
                block.receipts().stream().map(receipt -> receipt.transaction().hex()).toList());
    }
}
