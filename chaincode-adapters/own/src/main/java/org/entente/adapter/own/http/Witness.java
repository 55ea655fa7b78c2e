package org.entente.adapter.own.http;

import org.entente.adapter.own.Evidence;
import org.entente.adapter.own.Finality;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// What one node has shown of its chain, asked for when a header cannot be judged without more.
/// What was learned before a question ran out of time is kept for the next.
final class Witness {
    private static final int SHOWN_SIZE_BYTES_MAX = 4 << 20;

    private final Source source;
    private final SortedSet<Long> looked;

    /// Held while the node is asked.
    private final ReentrantLock asking = new ReentrantLock();

    private volatile Optional<Evidence> known = Optional.empty();

    Witness(Source source, SortedSet<Long> looked) {
        this.source = source;
        this.looked = looked;
    }

    /// Enough to judge a header of this height.
    Evidence evidence(long height, Finality finality, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        Optional<Evidence> now = known;
        if (now.isPresent() && now.get().missing(height).isEmpty()) {
            return now.get();
        }
        if (!asking.tryLock(deadline.leftMillis(), TimeUnit.MILLISECONDS)) {
            throw new SourceAway(
                    source.address() + ": its chain is still being followed",
                    SourceAway.Reach.UNKNOWN);
        }
        try {
            return followed(height, finality, deadline);
        } finally {
            asking.unlock();
        }
    }

    private Evidence followed(long height, Finality finality, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        Evidence now = known.orElseGet(() -> finality.begun(looked));
        boolean begunAgain = false;
        for (Optional<String> asked = now.missing(height);
                asked.isPresent();
                asked = now.missing(height)) {
            Bytes shown = source.bytes(asked.get(), SHOWN_SIZE_BYTES_MAX, deadline);
            switch (now.with(shown)) {
                case Parsed.Value<Evidence>(Evidence next) -> {
                    requireNews(next.missing(height), asked.get(), height);
                    now = next;
                }
                case Parsed.Refused<Evidence>(Verdict.Rejected(Fault fault, String why)) -> {
                    if (fault != Fault.OUTDATED || begunAgain) {
                        throw source.doubt(fault, why);
                    }
                    // Perhaps its chain is another one now, which it has to show from the start.
                    begunAgain = true;
                    now = finality.begun(looked);
                }
            }
            known = Optional.of(now);
        }
        return now;
    }

    /// A node that shows no more than before is of no use now, and that is no reason to doubt it:
    /// of two branches upon a final block it may have gone over to the one where fewer members have
    /// built upon that block so far.
    private void requireNews(Optional<String> missing, String asked, long height)
            throws SourceAway {
        if (missing.equals(Optional.of(asked))) {
            throw new SourceAway(
                    source.address()
                            + (height == 0
                                    ? ": none of its blocks is final yet"
                                    : ": what it shows does not make block " + height + " final"),
                    SourceAway.Reach.UNKNOWN);
        }
    }
}
