package org.entente.chain.inbox;

import org.entente.certs.Verifier;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.endorsement.DeliveryCheck;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.delivery.EpochNotice;
import org.entente.protocol.delivery.Sighting;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.EntryKind;
import org.entente.registry.Change;
import org.entente.registry.EpochRecord;

/// How an inbox contract comes to know epoch records: record 0 from its owner, each next one sealed
/// by the epoch before (protocol.md §2.5).
///
/// A record approved by recovery keys has no such seal; this contract takes none (docs/ledger.md
/// §4.5).
public record Epochs(Records records, Draft draft, Position position, Verifier verifier) {
    public static Epochs at(String address, Draft draft, Position position, Verifier verifier) {
        return new Epochs(new Records(draft, address), draft, position, verifier);
    }

    /// Begins the contract. That record 0 is the alliance's is for its members to see before they
    /// deliver: its digest is the alliance's id.
    public Verdict found(VerifyingKey owner, Bytes change) {
        if (records.owner().isPresent()) {
            return Verdict.rejected(
                    Fault.ALREADY_EXISTS, "an inbox contract at " + records.address());
        }
        return switch (record(change)) {
            case Parsed.Refused<EpochRecord>(Verdict.Rejected why) -> why;
            case Parsed.Value<EpochRecord>(EpochRecord record) -> {
                if (record.epoch() != 0) {
                    yield Verdict.rejected(
                            Fault.OUTDATED,
                            "a contract begins with record 0, not " + record.epoch());
                }
                records.found(draft, owner, record, position);
                yield Verdict.accepted();
            }
        };
    }

    /// Takes the next record; one that is known already is accepted again.
    public Verdict take(Bytes notice) {
        if (records.owner().isEmpty()) {
            return Verdict.rejected(Fault.NOT_FOUND, "no inbox contract at " + records.address());
        }
        return switch (EpochNotice.FORMAT.decode(notice)) {
            case Parsed.Refused<EpochNotice>(Verdict.Rejected why) -> why;
            case Parsed.Value<EpochNotice>(EpochNotice parsed) ->
                    switch (record(parsed.change())) {
                        case Parsed.Refused<EpochRecord>(Verdict.Rejected why) -> why;
                        case Parsed.Value<EpochRecord>(EpochRecord record) -> take(parsed, record);
                    };
        };
    }

    private Verdict take(EpochNotice notice, EpochRecord record) {
        Records.Epoch newest = records.newest();
        boolean known =
                records.epoch(record.epoch()).filter(it -> it.record().equals(record)).isPresent();
        if (known) {
            return Verdict.accepted();
        }
        Verdict verdict =
                follows(record, newest.record())
                        .and(() -> bound(notice, newest))
                        .and(() ->
                                new DeliveryCheck(records.struck(), verifier)
                                        .sighting(notice.sighting(), newest.record()));
        if (verdict.isAccepted()) {
            records.add(draft, notice.sighting().entry().serial() + 1, record, position);
        }
        return verdict;
    }

    private static Verdict follows(EpochRecord record, EpochRecord newest) {
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
                    Fault.OUTDATED, "another record " + record.epoch() + " holds here");
        }
        return record.alliance().equals(newest.id()) && record.previous().equals(newest.digest())
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.UNBOUND,
                        "it does not follow on record " + newest.epoch() + " of " + newest.id());
    }

    /// The size that ends with the record's entry is sealed before any larger one.
    private static Verdict bound(EpochNotice notice, Records.Epoch newest) {
        Sighting sighting = notice.sighting();
        Entry entry = sighting.entry();
        if (entry.kind() != EntryKind.CHANGE
                || !entry.submission().equals(Digest.of(notice.change()))) {
            return Verdict.rejected(
                    Fault.UNBOUND, "entry " + entry.serial() + " is not of this change");
        }
        return sighting.sealed().seal().size() == entry.serial() + 1
                        && entry.serial() >= newest.from()
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.UNBOUND,
                        "the seal of size "
                                + sighting.sealed().seal().size()
                                + " does not end epoch "
                                + newest.record().epoch()
                                + " with serial "
                                + entry.serial());
    }

    private static Parsed<EpochRecord> record(Bytes change) {
        return Change.FORMAT
                .decode(change)
                .then(parsed ->
                        parsed instanceof Change.RecordProposed proposed
                                ? EpochRecord.FORMAT.decode(proposed.record())
                                : Parsed.refused(
                                        Fault.INVALID_VALUE,
                                        "only a proposed record is brought to an inbox"));
    }
}
