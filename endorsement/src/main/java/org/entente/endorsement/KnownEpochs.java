package org.entente.endorsement;

import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.delivery.EpochNotice;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.EntryKind;
import org.entente.registry.Change;
import org.entente.registry.EpochRecord;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// An alliance's epoch records as one who has no log knows them: record 0, which is the alliance's
/// id, and each next one sealed by the epoch before (protocol.md §2.5).
///
/// @param records each from the first serial of its range
public record KnownEpochs(SortedMap<Long, EpochRecord> records) {
    public KnownEpochs {
        records = Sorted.copyOf(records);
    }

    /// Begins with record 0, known by its digest alone.
    ///
    /// @param change the bytes of the change that proposed it
    public static Parsed<KnownEpochs> founded(AllianceId alliance, Bytes change) {
        return record(change)
                .then(record ->
                        record.epoch() == 0 && record.id().equals(alliance)
                                ? Parsed.of(
                                        new KnownEpochs(Sorted.with(Sorted.empty(), 0L, record)))
                                : Parsed.refused(
                                        Fault.UNBOUND, "it founds the alliance " + record.id()));
    }

    /// The record in whose range a serial lies, as far as records are known.
    public EpochRecord at(long serial) {
        SortedMap<Long, EpochRecord> begun = records.headMap(serial + 1);
        EpochRecord record = begun.get(begun.lastKey());
        if (record == null) {
            throw new IllegalStateException("no epoch at " + serial);
        }
        return record;
    }

    public EpochRecord newest() {
        return at(records.lastKey());
    }

    /// Keys that any of the records struck.
    public SortedSet<VerifyingKey> struck() {
        TreeSet<VerifyingKey> keys = new TreeSet<>();
        records.values().forEach(record -> keys.addAll(record.struck()));
        return Sorted.copyOf(keys);
    }

    /// With the next record, when the epoch before sealed it; one that is known changes nothing.
    public Parsed<KnownEpochs> with(EpochNotice notice, Verifier verifier) {
        return record(notice.change())
                .then(record -> {
                    if (records.containsValue(record)) {
                        return Parsed.of(this);
                    }
                    Verdict verdict =
                            next(notice, record, newest(), records.lastKey())
                                    .and(() ->
                                            new DeliveryCheck(struck(), verifier)
                                                    .sighting(notice.sighting(), newest()));
                    long from = notice.sighting().entry().serial() + 1;
                    return verdict instanceof Verdict.Rejected why
                            ? new Parsed.Refused<>(why)
                            : Parsed.of(new KnownEpochs(Sorted.with(records, from, record)));
                });
    }

    /// Whether a notice brings the record that follows on the newest known one; says nothing of the
    /// seal.
    ///
    /// @param from the first serial of the newest record's range
    public static Verdict next(
            EpochNotice notice, EpochRecord record, EpochRecord newest, long from) {
        if (record.epoch() > newest.epoch() + 1) {
            return Verdict.rejected(
                    Fault.EPOCH_UNKNOWN,
                    "record "
                            + record.epoch()
                            + " where "
                            + newest.epoch()
                            + " is the newest known");
        }
        if (record.epoch() <= newest.epoch()) {
            return Verdict.rejected(
                    Fault.OUTDATED, "another record " + record.epoch() + " is known");
        }
        if (!record.alliance().equals(newest.id()) || !record.previous().equals(newest.digest())) {
            return Verdict.rejected(
                    Fault.UNBOUND,
                    "it does not follow on record " + newest.epoch() + " of " + newest.id());
        }
        return bound(notice, from);
    }

    /// The size that ends with the record's entry is sealed before any larger one.
    private static Verdict bound(EpochNotice notice, long from) {
        Entry entry = notice.sighting().entry();
        if (entry.kind() != EntryKind.CHANGE
                || !entry.submission().equals(Digest.of(notice.change()))) {
            return Verdict.rejected(
                    Fault.UNBOUND, "serial " + entry.serial() + " is not of this change");
        }
        long size = notice.sighting().sealed().seal().size();
        return size == entry.serial() + 1 && entry.serial() >= from
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.UNBOUND,
                        "a seal of "
                                + size
                                + " entries does not end an epoch with serial "
                                + entry.serial());
    }

    /// The record that a change proposes.
    public static Parsed<EpochRecord> record(Bytes change) {
        return Change.FORMAT
                .decode(change)
                .then(parsed ->
                        parsed instanceof Change.RecordProposed proposed
                                ? EpochRecord.FORMAT.decode(proposed.record())
                                : Parsed.refused(
                                        Fault.INVALID_VALUE, "the change proposes no record"));
    }
}
