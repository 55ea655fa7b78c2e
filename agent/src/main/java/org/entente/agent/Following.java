package org.entente.agent;

import org.entente.endorsement.Candidate;
import org.entente.endorsement.Content;
import org.entente.endorsement.EntryRecord;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.link.Frames;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Cancellation;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Settlement;
import org.entente.protocol.merkle.Frontier;
import org.entente.protocol.merkle.TreeHash;
import org.entente.registry.Change;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Follows the alliance's log: every record is checked as the relay should have before it is taken
/// (protocol.md §9.2). A record that does not hold is objected to and not taken; it is looked at
/// again after a while or on a new link.
final class Following {
    private static final Duration AHEAD_MAX = Duration.ofSeconds(5);
    private static final Duration BEHIND_MAX = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofMillis(250);
    private static final Duration STUCK_FOR = Duration.ofSeconds(10);
    private static final int HEARD_COUNT_MAX = 4_096;

    private final Bench bench;
    private final Sealing sealing;
    private final Delivering delivering;
    private final TreeMap<Long, Candidate> open = new TreeMap<>();

    /// When a size was heard of first.
    private final TreeMap<Long, Instant> heard = new TreeMap<>();

    private Frontier frontier = Frontier.EMPTY;
    private Optional<Instant> linkedSince = Optional.empty();
    private long target = 1;
    private boolean asked;
    private boolean stuck;

    Following(Bench bench, Sealing sealing, Delivering delivering) {
        this.bench = bench;
        this.sealing = sealing;
        this.delivering = delivering;
    }

    void linked() {
        linkedSince = Optional.of(bench.now());
        heard.clear();
        stuck = false;
        asked = false;
        follow();
    }

    void unlinked() {
        linkedSince = Optional.empty();
    }

    /// The relay says that the log has this size.
    void grown(long size) {
        if (size > bench.notary().size() && heard.size() < HEARD_COUNT_MAX) {
            heard.putIfAbsent(size, bench.now());
        }
        target = Math.max(target, size);
        follow();
    }

    private void follow() {
        if (!asked && !stuck && bench.notary().size() < target) {
            asked = true;
            bench.effect(new Effect.Follow(bench.notary().size()));
        }
    }

    void unfollowed() {
        asked = false;
        bench.later(RETRY_AFTER, this::follow);
    }

    void followed(long from, List<EntryRecord> records) {
        asked = false;
        long before = bench.notary().size();
        for (EntryRecord record : records) {
            long serial = record.entry().serial();
            if (stuck || serial < bench.notary().size()) {
                continue;
            }
            take(record);
        }
        if (bench.notary().size() > before) {
            follow();
        } else if (bench.notary().size() < target) {
            bench.later(RETRY_AFTER, this::follow);
        }
    }

    private void take(EntryRecord record) {
        Entry entry = record.entry();
        Verdict timely = timely(entry);
        if (timely instanceof Verdict.Rejected why) {
            object(entry.serial(), why);
            return;
        }
        switch (Content.read(record)) {
            case Parsed.Refused<Content>(Verdict.Rejected why) -> object(entry.serial(), why);
            case Parsed.Value<Content>(Content content) -> take(entry, content);
        }
    }

    private void take(Entry entry, Content content) {
        Verdict verdict =
                bench.notary()
                        .check(entry, content)
                        .and(() -> new OwnWords(bench).check(entry, content));
        if (verdict instanceof Verdict.Rejected why) {
            object(entry.serial(), why);
            return;
        }
        Frontier next = frontier.append(TreeHash.leaf(Entry.FORMAT.encode(entry)));
        if (sealing.extend(next) instanceof Verdict.Rejected why) {
            object(entry.serial(), why);
            return;
        }
        bench.notary().take(entry, content);
        frontier = next;
        heard.headMap(next.size()).clear();
        remember(entry, content);
        sealing.reached(next, entry.time(), isEpoch(content));
    }

    private static boolean isEpoch(Content content) {
        return content instanceof Content.Changed(var change)
                && change.change() instanceof Change.RecordProposed;
    }

    private void remember(Entry entry, Content content) {
        if (content instanceof Content.Exchanged(Candidate candidate) && entry.fault() == 0) {
            open.put(entry.serial(), candidate);
        } else if (content instanceof Content.Cancelled(Cancellation cancellation, var _)) {
            delivering.cancelled(cancellation.serial());
        } else if (content instanceof Content.Settled(Settlement settlement, var _)) {
            Candidate candidate = open.remove(settlement.serial());
            bench.memory().settled(settlement.serial(), entry.serial());
            if (candidate != null && isOurs(settlement)) {
                bench.effect(
                        new Effect.Receive(
                                new Received(
                                        bench.alliance(),
                                        settlement.serial(),
                                        entry.serial(),
                                        candidate.request(),
                                        candidate.evidence().writeSet(),
                                        entry.time())));
            }
        }
    }

    private boolean isOurs(Settlement settlement) {
        Optional<OrganisationId> owner =
                bench.notary()
                        .alliance()
                        .orElseThrow()
                        .charter()
                        .record()
                        .owner(settlement.chain());
        return settlement.end() == Settlement.End.APPLIED
                && owner.equals(Optional.of(bench.self().node().organisation()));
    }

    /// Protocol.md §6.6. That a time lies too far back can be judged only of entries that were
    /// appended while the link was open: it is heard of at once then.
    private Verdict timely(Entry entry) {
        if (entry.time().isAfter(bench.now().plus(AHEAD_MAX))) {
            return Verdict.rejected(
                    Fault.INVALID_VALUE,
                    "its time is " + entry.time() + ", here it is " + bench.now());
        }
        Map.Entry<Long, Instant> first = heard.higherEntry(entry.serial());
        boolean connected = linkedSince.isPresent() && !entry.time().isBefore(linkedSince.get());
        boolean late =
                first != null
                        && connected
                        && entry.time().isBefore(first.getValue().minus(BEHIND_MAX));
        return late
                ? Verdict.rejected(
                        Fault.INVALID_VALUE,
                        "its time is " + entry.time() + ", heard of at " + first.getValue())
                : Verdict.accepted();
    }

    /// What came too late was objected to; from now on it counts as what was there before, as after
    /// a new link. Else a relay that stood still for a moment would never be followed again.
    private void lookAgain() {
        stuck = false;
        linkedSince = linkedSince.map(_ -> bench.now());
        heard.clear();
        follow();
    }

    private void object(long serial, Verdict.Rejected why) {
        stuck = true;
        bench.say(
                new ToRelay.Objected(
                        bench.alliance(),
                        serial,
                        why.fault().number(),
                        Frames.detail(why.detail())));
        bench.tell(
                Effect.Tell.Weight.ERROR, "the log does not hold at serial " + serial + ": " + why);
        bench.later(STUCK_FOR, this::lookAgain);
    }
}
