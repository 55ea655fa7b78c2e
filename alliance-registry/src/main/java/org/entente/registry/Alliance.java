package org.entente.registry;

import org.entente.certs.Revocation;
import org.entente.certs.Revocations;
import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// One alliance at a place in its own log: the fold of that log's changes. Its own rules alone
/// judge what is appended, so an auditor with the log reaches the same.
///
/// @param epochs each record from the serial at which its epoch begins
/// @param revocations of its parties' certificates, each from its serial in this log on
/// @param openings the certificates that were opened, each from its serial on
/// @param changes how many changes the log has
/// @param last the serial of the last of them
public record Alliance(
        Charter charter,
        SortedMap<Long, EpochRecord> epochs,
        Revocations revocations,
        SortedMap<Digest, Long> openings,
        int changes,
        long last) {
    public Alliance {
        epochs = Sorted.copyOf(epochs);
        openings = Sorted.copyOf(openings);
    }

    /// Whether a change may be serial 0 of a new alliance's log.
    public static Verdict checkFounding(SignedChange signed, Verifier verifier) {
        return CharterCheck.founding(signed, verifier);
    }

    /// The alliance that a checked record 0 founds as serial 0. Epoch 0 begins there too: its own
    /// entry is sealed under it, because there is no epoch before.
    public static Alliance founded(ChangeEntry entry) {
        if (entry.serial() != 0
                || !(entry.change().change() instanceof Change.RecordProposed proposed)) {
            throw new IllegalStateException("an alliance's log begins with record 0 as serial 0");
        }
        Terms terms = Terms.reread(proposed, Sorted.empty()).orThrow();
        return new Alliance(
                Charter.founded(terms),
                Sorted.with(Sorted.empty(), 0L, terms.record()),
                Revocations.NONE,
                Sorted.empty(),
                1,
                0);
    }

    public AllianceId id() {
        return charter.id();
    }

    /// Whether a change may be appended to this alliance's log.
    public Verdict check(SignedChange signed, Verifier verifier) {
        return charter.check(signed, verifier);
    }

    /// The alliance after a checked change; entries of other kinds may lie between.
    public Alliance apply(ChangeEntry entry) {
        if (entry.serial() <= last) {
            throw new IllegalStateException(
                    "serial " + entry.serial() + " does not follow on " + last);
        }
        Charter next = charter.apply(entry.change());
        SortedMap<Long, EpochRecord> nextEpochs = epochs;
        Revocations nextRevocations = revocations;
        SortedMap<Digest, Long> nextOpenings = openings;
        switch (entry.change().change()) {
            case Change.RecordProposed _ ->
                    nextEpochs = Sorted.with(epochs, entry.serial() + 1, next.record());
            case Change.CertificateRevoked it ->
                    nextRevocations =
                            revocations.with(
                                    new Revocation(it.issuer(), it.serialNumber()), entry.serial());
            case Change.CertificateOpened it ->
                    nextOpenings = Sorted.with(openings, it.certificate(), entry.serial());
            default -> {}
        }
        return new Alliance(
                next, nextEpochs, nextRevocations, nextOpenings, changes + 1, entry.serial());
    }

    /// The record under which an entry of this serial is judged (protocol.md §2.5). For serials
    /// past the last change this is the newest record, until another change says otherwise.
    public EpochRecord epochAt(long serial) {
        SortedMap<Long, EpochRecord> begun = epochs.headMap(serial + 1);
        if (begun.isEmpty()) {
            throw new IllegalArgumentException("no serial " + serial);
        }
        EpochRecord record = begun.get(begun.lastKey());
        if (record == null) {
            throw new IllegalStateException("an epoch without record at " + serial);
        }
        return record;
    }

    public List<StateItem> items() {
        List<StateItem> items = new ArrayList<>();
        items.add(
                StateItem.of(
                        StateItem.Kind.ALLIANCE,
                        id(),
                        to ->
                                to.digest(charter.terms().digest())
                                        .text(charter.standing().name())
                                        .u32(charter.acts())
                                        .u32(changes)
                                        .u64(last)));
        epochs.forEach((from, record) ->
                items.add(
                        StateItem.of(
                                StateItem.Kind.EPOCH,
                                record.epoch(),
                                to -> to.u64(from).digest(record.digest()))));
        charter.brakes()
                .forEach((brake, state) ->
                        items.add(
                                StateItem.of(
                                        StateItem.Kind.BRAKE,
                                        brake.flow() + " " + brake.organisation(),
                                        to ->
                                                to.u32(state.number())
                                                        .text(state.position().name()))));
        charter.authorities()
                .forEach((party, generations) ->
                        items.add(
                                StateItem.of(
                                        StateItem.Kind.AUTHORITIES,
                                        party,
                                        to -> to.list(generations, PartyAuthorities::write))));
        revocations
                .fromSerial()
                .forEach((revocation, serial) ->
                        items.add(RegistryFold.revocationItem(revocation, serial)));
        openings.forEach((certificate, serial) ->
                items.add(StateItem.of(StateItem.Kind.OPENING, certificate, to -> to.u64(serial))));
        return items;
    }

    /// The same on every machine whose log has the same changes at the same serials.
    public Digest digest() {
        return StateItem.digest(items());
    }
}
