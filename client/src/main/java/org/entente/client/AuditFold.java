package org.entente.client;

import org.entente.certs.Verifier;
import org.entente.endorsement.Content;
import org.entente.endorsement.EntryRecord;
import org.entente.endorsement.Notary;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Frame;
import org.entente.protocol.merkle.TreeHash;
import org.entente.registry.EpochRecord;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads a log from its beginning and judges every entry again. After the first that does not hold
/// it judges no more, but goes on reading, so that what follows can still be compared.
final class AuditFold {
    private final Notary notary;
    private final AuditTrail trail = new AuditTrail();
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private final TreeSet<Long> sizes;
    private final TreeMap<Long, Digest> roots = new TreeMap<>();
    private final TreeMap<Digest, Long> submissions = new TreeMap<>();
    private final TreeSet<Digest> sought;
    private Optional<AuditReport.Finding> broken = Optional.empty();
    private Optional<Instant> from = Optional.empty();

    /// Where a serial was found that is not its place's; the next entry tells what it means.
    private Optional<Entry> displaced = Optional.empty();

    /// @param sizes whose roots are wanted
    /// @param sought submissions to look out for
    AuditFold(
            AllianceId alliance,
            Verifier verifier,
            Collection<Long> sizes,
            Collection<Digest> sought) {
        this.notary = new Notary(alliance, verifier);
        this.sizes = new TreeSet<>(sizes);
        this.sought = new TreeSet<>(sought);
    }

    void take(Frame frame) {
        long place = trail.size();
        Parsed<Entry> parsed = Entry.FORMAT.decode(frame.entry());
        Digest submission =
                parsed.map(Entry::submission) instanceof Parsed.Value<Digest>(Digest it)
                        ? it
                        : Digest.ZERO;
        trail.add(TreeHash.leaf(frame.entry()), submission);
        if (sizes.contains(trail.size())) {
            roots.put(trail.size(), trail.root());
        }
        if (sought.contains(submission)) {
            submissions.putIfAbsent(submission, place);
        }
        if (displaced.isPresent()) {
            tellDisplaced(place - 1, displaced.get(), parsed);
        }
        if (broken.isEmpty()) {
            switch (parsed) {
                case Parsed.Refused<Entry>(Verdict.Rejected why) -> broken(place, why.toString());
                case Parsed.Value<Entry>(Entry entry) -> judge(place, entry, frame);
            }
        }
    }

    private void judge(long place, Entry entry, Frame frame) {
        if (entry.serial() != place) {
            displaced = Optional.of(entry);
            return;
        }
        EntryRecord record = new EntryRecord(entry, frame.change(), frame.approvals());
        switch (Content.read(record)) {
            case Parsed.Refused<Content>(Verdict.Rejected why) -> broken(place, why.toString());
            case Parsed.Value<Content>(Content content) -> {
                if (notary.check(entry, content) instanceof Verdict.Rejected why) {
                    broken(place, why.toString());
                    return;
                }
                notary.take(entry, content);
                counts.merge(words(entry, content), 1L, Long::sum);
                from = from.or(() -> Optional.of(entry.time()));
            }
        }
    }

    private void broken(long place, String words) {
        broken = Optional.of(AuditReport.Finding.at(place, AuditReport.What.EDITED, words));
    }

    private void tellDisplaced(long place, Entry entry, Parsed<Entry> next) {
        displaced = Optional.empty();
        boolean swapped =
                next instanceof Parsed.Value<Entry>(Entry after) && after.serial() == place;
        AuditReport.What what =
                swapped
                        ? AuditReport.What.SWAPPED
                        : entry.serial() > place
                                ? AuditReport.What.REMOVED
                                : AuditReport.What.INSERTED;
        broken =
                Optional.of(
                        AuditReport.Finding.at(
                                place, what, "serial " + entry.serial() + " stands in its place"));
    }

    /// The log is read.
    void end() {
        displaced.ifPresent(entry ->
                tellDisplaced(
                        trail.size() - 1, entry, Parsed.refused(Fault.NOT_FOUND, "the log ends")));
    }

    private static String words(Entry entry, Content content) {
        return switch (content) {
            case Content.Changed(_) -> "CHANGE";
            case Content.Exchanged(_) ->
                    entry.fault() == 0
                            ? "EXCHANGE VALID"
                            : "EXCHANGE INVALID "
                                    + Fault.numbered(entry.fault())
                                            .map(Fault::name)
                                            .orElse(String.valueOf(entry.fault()));
            case Content.Cancelled(_, _) -> "CANCEL";
            case Content.Settled(var settlement, _) -> "SETTLED " + settlement.end();
        };
    }

    AuditTrail trail() {
        return trail;
    }

    Optional<AuditReport.Finding> broken() {
        return broken;
    }

    SortedMap<String, Long> counts() {
        return counts;
    }

    Optional<Digest> root(long size) {
        return Optional.ofNullable(roots.get(size));
    }

    Optional<Long> serialOf(Digest submission) {
        return Optional.ofNullable(submissions.get(submission));
    }

    Optional<Instant> from() {
        return from;
    }

    Optional<Instant> to() {
        return from.map(_ -> notary.newest());
    }

    /// The epoch record of a serial, as far as the log holds.
    Optional<EpochRecord> epochAt(long serial) {
        return notary.alliance().map(alliance -> alliance.epochAt(serial));
    }
}
