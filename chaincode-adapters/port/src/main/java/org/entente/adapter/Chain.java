package org.entente.adapter;

import org.entente.protocol.ChainId;
import org.entente.protocol.Sorted;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.log.Settlement;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// A member chain as an agent sees it (docs/adapters.md §2). All methods wait, each within a stated
/// time; any number of virtual threads may call at once.
///
/// What the chain said is a [Seen]. [ChainUnreachable] means that nothing was learned.
public interface Chain extends AutoCloseable {
    ChainId id();

    /// The newest final point, at or behind every one that was answered before.
    Seen<Point> head() throws ChainUnreachable, InterruptedException;

    /// What keys hold, all of them at one final point, which the answer names.
    ///
    /// @param places of this chain, at most [Snapshot#COUNT_MAX]
    Seen<Snapshot> read(SortedSet<Place> places) throws ChainUnreachable, InterruptedException;

    /// What a read-only function of the chain answers, and what it read for it.
    Seen<Called> call(Call call) throws ChainUnreachable, InterruptedException;

    /// Makes a call of an inbox contract into a transaction that no one else can make: the caller
    /// stores it before it sends it. What is stored is sent before anything else is prepared.
    Prepared prepare(InboxCall call) throws ChainUnreachable, InterruptedException;

    /// Sends what was prepared. The same again has no further effect, so after an unknown end it is
    /// sent again.
    Sending send(Prepared prepared) throws ChainUnreachable, InterruptedException;

    /// Where a transaction was included; empty: the chain does not know it, or no longer. It may
    /// still be on its way.
    Optional<Sending.Included> find(Prepared prepared)
            throws ChainUnreachable, InterruptedException;

    /// The inbox contract at an address: what is compared before the first delivery, and which
    /// epochs it knows; empty: there is none.
    Seen<Optional<Inbox>> inbox(String address) throws ChainUnreachable, InterruptedException;

    /// How exchanges ended at an inbox contract, final, by their serials; those that have not ended
    /// there as of a final point are missing.
    ///
    /// @param serials at most [Snapshot#COUNT_MAX]
    Seen<SortedMap<Long, Settlement>> outcomes(String inbox, SortedSet<Long> serials)
            throws ChainUnreachable, InterruptedException;

    /// The same of one.
    default Seen<Optional<Settlement>> outcome(String inbox, long serial)
            throws ChainUnreachable, InterruptedException {
        return outcomes(inbox, Sorted.copyOf(List.of(serial)))
                .map(ended -> Optional.ofNullable(ended.get(serial)));
    }

    /// Ends its connections; waits for nothing.
    @Override
    void close();
}
