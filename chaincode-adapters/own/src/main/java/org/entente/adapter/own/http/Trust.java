package org.entente.adapter.own.http;

import org.entente.adapter.ChainUnreachable;
import org.entente.adapter.Seen;
import org.entente.adapter.own.Finality;
import org.entente.adapter.own.Genesis;
import org.entente.adapter.own.Verifiers;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.util.List;
import java.util.Optional;

/// What makes a header final, from the genesis whose digest is configured. Any node may bring it,
/// since only one has that digest; fetched once.
final class Trust {
    private final ChainId chain;
    private final Digest genesis;
    private final Verifiers verifiers;

    /// Guards `known`.
    private final Object lock = new Object();

    private Optional<Finality> known = Optional.empty();

    Trust(ChainId chain, Digest genesis, Verifiers verifiers) {
        this.chain = chain;
        this.genesis = genesis;
        this.verifiers = verifiers;
    }

    Seen<Finality> finality(Sources sources, Deadline deadline)
            throws ChainUnreachable, InterruptedException {
        synchronized (lock) {
            if (known.isPresent()) {
                return Seen.of(known.get());
            }
        }
        List<Heard<Bytes>> heard = sources.ask(source -> fetched(source, deadline));
        List<Heard.Said<Bytes>> said = Sources.said(heard);
        if (said.isEmpty()) {
            return sources.tooFew(heard);
        }
        return switch (rule(said.getFirst().value())) {
            case Parsed.Refused<Finality>(Verdict.Rejected why) -> new Seen.Doubted<>(why);
            case Parsed.Value<Finality>(Finality rule) -> {
                synchronized (lock) {
                    known = Optional.of(rule);
                }
                yield Seen.of(rule);
            }
        };
    }

    private Bytes fetched(Source source, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        Bytes bytes = source.genesis(deadline);
        if (!Digest.of(bytes).equals(genesis)) {
            throw source.doubt(
                    Fault.WRONG_CHAIN,
                    "its genesis is " + Digest.of(bytes) + " where " + genesis + " is configured");
        }
        return bytes;
    }

    private Parsed<Finality> rule(Bytes bytes) {
        return Genesis.FORMAT
                .decode(bytes)
                .then(it ->
                        it.chain().equals(chain)
                                ? Finality.of(it, verifiers)
                                : Parsed.refused(
                                        Fault.WRONG_CHAIN,
                                        "the genesis is of "
                                                + it.chain()
                                                + " where "
                                                + chain
                                                + " is configured"));
    }
}
