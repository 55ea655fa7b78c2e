package org.entente.chain.por.http;

import org.entente.chain.http.Feed;
import org.entente.chain.por.worker.PorChain;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How the newest branch goes: each block that joins it, and each that it leaves for a longer one
/// (docs/chains/por.md §7).
public record HeadFeed(PorChain chain) implements Feed {
    record Event(long height, Digest hash) {}

    @Override
    public long next() {
        return chain.moves().next();
    }

    @Override
    public Optional<Told> await(long number, Duration timeMax)
            throws IOException, InterruptedException {
        return chain.moves()
                .await(number, timeMax)
                .map(move ->
                        new Told(
                                move.kind().name().toLowerCase(Locale.ROOT),
                                new Event(move.height(), move.hash())));
    }

    @Override
    public boolean isClosed() {
        return chain.isClosed();
    }
}
