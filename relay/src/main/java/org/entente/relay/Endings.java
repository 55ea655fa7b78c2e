package org.entente.relay;

import org.entente.endorsement.Content;
import org.entente.endorsement.ExchangeBook;
import org.entente.protocol.Bytes;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.NodeSignature;
import org.entente.protocol.exchange.Vouch;
import org.entente.protocol.log.CancelGrounds;
import org.entente.protocol.log.Cancellation;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Observations;
import org.entente.protocol.log.Settlement;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Enters how exchanges end: cancellations that are due or wished, settlements that were observed.
/// What follows from them waits until they are sealed.
final class Endings {
    private final Means means;
    private final Sequencer sequencer;

    /// Entered and not yet sealed, by their own serial.
    private final TreeMap<Long, Settlement> settlements = new TreeMap<>();

    /// CANCEL entries, with the serial that each cancels.
    private final TreeMap<Long, Long> cancellations = new TreeMap<>();

    /// When each open exchange is overdue.
    private final TreeSet<Overdue> overdue = new TreeSet<>();

    private record Overdue(Instant after, long serial) implements Comparable<Overdue> {
        @Override
        public int compareTo(Overdue other) {
            int byTime = after.compareTo(other.after);
            return byTime != 0 ? byTime : Long.compare(serial, other.serial);
        }
    }

    private long seen;

    Endings(Means means, Sequencer sequencer) {
        this.means = means;
        this.sequencer = sequencer;
    }

    /// Takes note of a record of the log as it was found at the start.
    void replay(Entry entry, Content content) {
        switch (content) {
            case Content.Settled(Settlement settlement, Observations _) ->
                    settlements.put(entry.serial(), settlement);
            case Content.Cancelled(Cancellation cancellation, CancelGrounds _) ->
                    cancellations.put(entry.serial(), cancellation.serial());
            case Content.Changed _, Content.Exchanged _ -> {}
        }
    }

    /// What the log has of open exchanges by now.
    private void follow() {
        for (ExchangeBook.Open open : means.notary().book().open().tailMap(seen).values()) {
            if (open.cancel() == ExchangeBook.Open.Cancel.NOT_ENTERED) {
                overdue.add(new Overdue(open.deliverBy(), open.serial()));
            }
        }
        seen = means.notary().size();
    }

    void tick(Instant now) {
        follow();
        Instant time = means.entryTime(now);
        while (!overdue.isEmpty() && overdue.first().after.isBefore(time)) {
            long serial = overdue.pollFirst().serial;
            boolean open =
                    means.notary()
                            .book()
                            .open(serial)
                            .filter(it -> it.cancel() == ExchangeBook.Open.Cancel.NOT_ENTERED)
                            .isPresent();
            if (open) {
                evident(serial, now);
            }
        }
    }

    /// Cancels what the log itself says cannot be delivered; if it does not, nothing is entered.
    void evident(long serial, Instant now) {
        cancel(new Cancellation(means.id(), serial), new CancelGrounds.Evident(), now);
    }

    void wished(long ticket, Cancellation cancellation, NodeSignature wish, Instant now) {
        switch (cancel(cancellation, new CancelGrounds.Wished(wish), now)) {
            case Verdict.Rejected why -> means.effects().add(new Effect.Refuse(ticket, why));
            case Verdict.Accepted _ -> sequencer.answerWhenForced(ticket);
        }
    }

    private Verdict cancel(Cancellation cancellation, CancelGrounds grounds, Instant now) {
        Bytes content = Cancellation.FORMAT.encode(cancellation);
        Bytes evidence = CancelGrounds.FORMAT.encode(grounds);
        Content cancelled = new Content.Cancelled(cancellation, grounds);
        Entry draft = sequencer.draft(EntryKind.CANCEL, content, evidence, now);
        Verdict verdict = means.notary().check(draft, cancelled);
        if (verdict.isAccepted()) {
            Entry entry = sequencer.append(EntryKind.CANCEL, cancelled, content, evidence, now);
            cancellations.put(entry.serial(), cancellation.serial());
        }
        return verdict;
    }

    /// Whether the settlement was entered.
    boolean settle(Settlement settlement, List<Vouch> vouches, Instant now) {
        Observations observations = new Observations(vouches);
        Bytes content = Settlement.FORMAT.encode(settlement);
        Bytes evidence = Observations.FORMAT.encode(observations);
        Content settled = new Content.Settled(settlement, observations);
        Entry draft = sequencer.draft(EntryKind.SETTLED, content, evidence, now);
        if (!means.notary().check(draft, settled).isAccepted()) {
            return false;
        }
        Entry entry = sequencer.append(EntryKind.SETTLED, settled, content, evidence, now);
        settlements.put(entry.serial(), settlement);
        return true;
    }

    /// CANCEL entries up to a size, with the serial that each cancels; each is answered once.
    SortedMap<Long, Long> cancellations(long size) {
        TreeMap<Long, Long> sealed = new TreeMap<>(cancellations.headMap(size));
        cancellations.headMap(size).clear();
        return sealed;
    }

    void sealed(long size, Instant now) {
        while (!settlements.isEmpty() && settlements.firstKey() < size) {
            var first = settlements.pollFirstEntry();
            means.tracks().settled(first.getValue(), first.getKey(), now);
        }
    }
}
