package org.entente.relay;

import org.entente.endorsement.Candidate;
import org.entente.endorsement.Content;
import org.entente.endorsement.EntryRecord;
import org.entente.endorsement.Ruling;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.exchange.Write;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Outcome;
import org.entente.protocol.log.Rejection;
import org.entente.registry.Alliance;
import org.entente.registry.Change;
import org.entente.registry.SignedChange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Gives serials: each submission is checked at its place, entered, and answered for once it is on
/// disk. Several go without waiting for the disk; the log forces many at a time (protocol.md §6).
final class Sequencer {
    /// What a record of the log may hold beside its entry.
    static final int EVIDENCE_SIZE_BYTES_MAX = 256 * 1024;

    private final Means means;

    /// Entered and not yet forced.
    private final TreeMap<Long, Ordered> waiting = new TreeMap<>();

    /// Tickets that are answered when the log is forced up to a size.
    private final TreeMap<Long, List<Long>> tickets = new TreeMap<>();

    /// Sizes that end with the entry of an epoch record, not yet sealed.
    private final TreeSet<Long> boundaries = new TreeSet<>();

    /// The times of the entries that are not yet sealed.
    private final TreeMap<Long, Instant> times = new TreeMap<>();

    private long committed;

    private record Ordered(Track track, Ruling ruling, Digest submission) {}

    Sequencer(Means means) {
        this.means = means;
    }

    long committed() {
        return committed;
    }

    NavigableSet<Long> boundaries() {
        return boundaries;
    }

    /// The time of an entry that is not yet sealed.
    Instant time(long serial) {
        Instant time = times.get(serial);
        if (time == null) {
            throw new IllegalStateException("serial " + serial + " is sealed");
        }
        return time;
    }

    void sealed(long size) {
        boundaries.headSet(size + 1).clear();
        times.headMap(size).clear();
    }

    /// Takes a record of the log as it was found at the start.
    void replay(EntryRecord record) {
        Entry entry = record.entry();
        Content content = Content.read(record).orThrow();
        if (content instanceof Content.Exchanged(Candidate candidate)) {
            Ruling ruling =
                    entry.fault() == 0
                            ? Ruling.VALID
                            : means.notary().rule(candidate, entry.time());
            Track track = means.tracks().begin(status(means, candidate), entry.time());
            means.tracks().copy(candidate.submissionDigest());
            track.is(track.status().ordered(entry.serial()));
            means.promises()
                    .takeEarlier(candidate.submissionDigest())
                    .ifPresent(promise -> track.is(track.status().promised(promise)));
            take(entry, content);
            forced(entry.serial(), new Ordered(track, ruling, candidate.submissionDigest()));
            if (entry.fault() == 0) {
                track.are(values(candidate));
            }
        } else {
            take(entry, content);
        }
        committed = means.notary().size();
    }

    /// Of a submission that nobody asked us to collect.
    static Status status(Means means, Candidate candidate) {
        return Status.asked(
                means.id(),
                candidate.exchange(),
                candidate.flow(),
                candidate.request().attempt(),
                candidate.requestDigest(),
                candidate.request().arguments(),
                Collecting.asked(candidate.sequence().ask()));
    }

    /// Enters a submission with the outcome that the check gives it.
    void order(Candidate candidate, Track track, Instant now) {
        Instant time = means.entryTime(now);
        Ruling ruling = means.notary().rule(candidate, time);
        Entry entry =
                append(
                        EntryKind.EXCHANGE,
                        candidate.submissionDigest(),
                        new Content.Exchanged(candidate),
                        Sequence.FORMAT.encode(candidate.sequence()),
                        Evidence.FORMAT.encode(candidate.evidence()),
                        ruling.faultNumber(),
                        now);
        track.is(track.status().ordered(entry.serial()));
        if (ruling.isValid()) {
            track.are(values(candidate));
            means.effects().add(new Effect.Hold(track.payloads()));
        }
        waiting.put(entry.serial(), new Ordered(track, ruling, candidate.submissionDigest()));
    }

    private static List<Digest> values(Candidate candidate) {
        return candidate.evidence().writeSet().writes().stream()
                .map(Write::value)
                .distinct()
                .toList();
    }

    /// Appends what the registry owes and the log does not have.
    void due(long ticket, int from, List<SignedChange> changes, Instant now) {
        int had = means.notary().alliance().map(Alliance::changes).orElse(0);
        for (SignedChange change :
                changes.subList(Math.min(changes.size(), had - from), changes.size())) {
            append(
                    EntryKind.CHANGE,
                    change.digest(),
                    new Content.Changed(change),
                    change.changeBytes(),
                    change.approvalBytes(),
                    0,
                    now);
        }
        answerWhenForced(ticket);
    }

    /// Appends a cancellation or a settlement, which was checked.
    Entry append(EntryKind kind, Content content, Bytes contentBytes, Bytes evidence, Instant now) {
        return append(kind, Digest.of(contentBytes), content, contentBytes, evidence, 0, now);
    }

    /// Answers a ticket once everything that is entered now is forced.
    void answerWhenForced(long ticket) {
        long size = means.notary().size();
        if (size <= committed) {
            means.effects().add(new Effect.Stands(ticket, size));
        } else {
            tickets.computeIfAbsent(size, _ -> new ArrayList<>()).add(ticket);
        }
    }

    void committed(long size, Instant now) {
        committed = Math.max(committed, size);
        while (!waiting.isEmpty() && waiting.firstKey() < committed) {
            var first = waiting.pollFirstEntry();
            forced(first.getKey(), first.getValue());
            Track track = first.getValue().track;
            means.effects().add(new Effect.Moved(track.status()));
            means.tracks()
                    .tell(
                            "ordered",
                            track,
                            track.status().problem().map(Verdict.Rejected::fault),
                            now);
        }
        while (!tickets.isEmpty() && tickets.firstKey() <= committed) {
            var first = tickets.pollFirstEntry();
            first.getValue()
                    .forEach(ticket ->
                            means.effects().add(new Effect.Stands(ticket, first.getKey())));
        }
    }

    private void forced(long serial, Ordered ordered) {
        Track track = ordered.track;
        if (ordered.ruling.verdict() instanceof Verdict.Rejected why) {
            Rejection rejection =
                    new Rejection(
                            means.id(),
                            ordered.submission,
                            serial,
                            why.fault().number(),
                            ordered.ruling.moved());
            track.is(
                    track.status()
                            .invalid(why, ordered.ruling.moved(), means.rejection(rejection)));
        } else {
            track.is(track.status().in(Status.State.COMMITTED));
            means.tracks().opened(serial, track);
        }
    }

    private Entry append(
            EntryKind kind,
            Digest submission,
            Content content,
            Bytes contentBytes,
            Bytes evidence,
            int fault,
            Instant now) {
        Entry entry =
                new Entry(
                        means.notary().size(),
                        kind,
                        submission,
                        Digest.of(evidence),
                        fault == 0 ? Outcome.VALID : Outcome.INVALID,
                        fault,
                        means.entryTime(now));
        take(entry, content);
        means.effects().add(new Effect.Append(new EntryRecord(entry, contentBytes, evidence)));
        return entry;
    }

    private void take(Entry entry, Content content) {
        means.notary().take(entry, content);
        means.touches().take(entry, content);
        times.put(entry.serial(), entry.time());
        if (content instanceof Content.Changed(SignedChange change)
                && change.change() instanceof Change.RecordProposed) {
            boundaries.add(entry.serial() + 1);
        }
    }

    /// The entry that a cancellation or a settlement would be now.
    Entry draft(EntryKind kind, Bytes contentBytes, Bytes evidence, Instant now) {
        return new Entry(
                means.notary().size(),
                kind,
                Digest.of(contentBytes),
                Digest.of(evidence),
                Outcome.VALID,
                0,
                means.entryTime(now));
    }
}
