package org.entente.chain.inbox;

import org.entente.certs.Verifier;
import org.entente.chain.contract.Received;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.Serial;
import org.entente.chain.state.StateKey;
import org.entente.endorsement.DeliveryCheck;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.delivery.CancelNotice;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.delivery.Sighting;
import org.entente.protocol.exchange.ExchangeName;
import org.entente.protocol.exchange.Read;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.exchange.Write;
import org.entente.protocol.log.Cancellation;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Settlement;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One inbox contract during one transaction: the destination's word on how exchanges end
/// (protocol.md §6.9).
///
/// What it refuses as `Parsed.Refused` records nothing: the transaction fails. A settlement,
/// whether it says APPLIED, REFUSED or CANCELLED, is recorded once per serial and answered ever
/// after.
///
/// @param draft what the transaction wrote so far; dropped when it fails
/// @param sharing who takes what is applied too
public record Inbox(
        ChainId chain,
        Records records,
        Draft draft,
        Position position,
        Verifier verifier,
        Sharing sharing) {
    /// What members register the contract's code as: it is native, so its version names it.
    public static final Digest CODE = Digest.of(Bytes.utf8("chain/inbox/v1"));

    public static Inbox at(
            String address,
            ChainId chain,
            Draft draft,
            Position position,
            Verifier verifier,
            Sharing sharing) {
        return new Inbox(chain, new Records(draft, address), draft, position, verifier, sharing);
    }

    /// Takes a sealed exchange, or answers how its serial ended before.
    public Parsed<Settlement> deliver(Bytes notice) {
        return existing(Delivery.FORMAT.decode(notice)).then(this::deliver);
    }

    private Parsed<Settlement> deliver(Delivery delivery) {
        long serial = delivery.sighting().entry().serial();
        Optional<Settlement> before = records.outcome(serial);
        if (before.isPresent()) {
            return Parsed.of(before.get());
        }
        Verdict verdict =
                sighted(delivery.sighting())
                        .and(() ->
                                check().delivery(
                                                delivery,
                                                records.epochAt(serial).record(),
                                                chain,
                                                records.address()))
                        .and(() -> based(delivery));
        if (verdict instanceof Verdict.Rejected rejected) {
            return new Parsed.Refused<>(rejected);
        }
        Optional<Fault> fault = fault(delivery).or(() -> unshared(delivery, serial));
        if (fault.isEmpty()) {
            write(delivery, serial);
        }
        return Parsed.of(
                end(
                        serial,
                        fault.isEmpty() ? Settlement.End.APPLIED : Settlement.End.REFUSED,
                        fault.map(Fault::number).orElse(0)));
    }

    /// Takes a sealed cancellation, or answers how its serial ended before.
    public Parsed<Settlement> cancel(Bytes notice) {
        return existing(CancelNotice.FORMAT.decode(notice)).then(this::cancel);
    }

    private Parsed<Settlement> cancel(CancelNotice notice) {
        Cancellation cancellation = notice.cancellation();
        Optional<Settlement> before = records.outcome(cancellation.serial());
        if (before.isPresent()) {
            return Parsed.of(before.get());
        }
        Verdict verdict =
                sighted(notice.sighting()).and(() -> cancels(notice.sighting(), cancellation));
        return verdict instanceof Verdict.Rejected rejected
                ? new Parsed.Refused<>(rejected)
                : Parsed.of(end(cancellation.serial(), Settlement.End.CANCELLED, 0));
    }

    /// The owner's brake: keys that begin so are refused until they are opened.
    public Verdict close(VerifyingKey by, Bytes prefix) {
        Verdict verdict = ownedBy(by);
        List<Bytes> closed = verdict.isAccepted() ? records.closed() : List.of();
        if (closed.contains(prefix)) {
            return Verdict.rejected(Fault.ALREADY_EXISTS, "these keys are closed");
        }
        if (closed.size() == Records.CLOSED_COUNT_MAX) {
            return Verdict.rejected(
                    Fault.TOO_LARGE, Records.CLOSED_COUNT_MAX + " ranges are closed");
        }
        if (verdict.isAccepted()) {
            records.close(draft, prefix, position);
        }
        return verdict;
    }

    public Verdict open(VerifyingKey by, Bytes prefix) {
        Verdict verdict = ownedBy(by);
        if (verdict.isAccepted() && !records.closed().contains(prefix)) {
            return Verdict.rejected(Fault.NOT_FOUND, "no range of this prefix is closed");
        }
        if (verdict.isAccepted()) {
            records.open(draft, prefix, position);
        }
        return verdict;
    }

    private Verdict ownedBy(VerifyingKey by) {
        Optional<VerifyingKey> owner = records.owner();
        if (owner.isEmpty()) {
            return noContract();
        }
        return owner.get().equals(by)
                ? Verdict.accepted()
                : Verdict.rejected(Fault.NOT_YOURS, "only the inbox's owner closes and opens");
    }

    private <T> Parsed<T> existing(Parsed<T> notice) {
        return records.owner().isPresent() ? notice : new Parsed.Refused<>(noContract());
    }

    private Verdict.Rejected noContract() {
        return Verdict.rejected(Fault.NOT_FOUND, "no inbox contract at " + records.address());
    }

    private DeliveryCheck check() {
        return new DeliveryCheck(records.struck(), verifier);
    }

    private Verdict sighted(Sighting sighting) {
        long epoch = sighting.sealed().seal().epoch();
        long newest = records.newest().record().epoch();
        if (epoch > newest) {
            return Verdict.rejected(
                    Fault.EPOCH_UNKNOWN,
                    "sealed under epoch " + epoch + ", the newest known here is " + newest);
        }
        return check().sighting(
                        sighting, records.epochAt(sighting.sealed().seal().size() - 1).record());
    }

    private Verdict cancels(Sighting sighting, Cancellation cancellation) {
        boolean bound =
                sighting.entry().kind() == EntryKind.CANCEL
                        && cancellation.alliance().equals(records.alliance())
                        && cancellation.serial() < sighting.entry().serial()
                        && Cancellation.FORMAT
                                .digest(cancellation)
                                .equals(sighting.entry().submission());
        return bound
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.UNBOUND,
                        "entry " + sighting.entry().serial() + " is no such cancellation");
    }

    /// Everything it builds on has ended here.
    private Verdict based(Delivery delivery) {
        for (Read read : bases(delivery)) {
            Optional<Serial> base = base(read);
            if (base.isPresent() && records.outcome(base.get().number()).isEmpty()) {
                return Verdict.rejected(
                        Fault.NOT_YET, "it builds on serial " + base.get().number());
            }
        }
        return Verdict.accepted();
    }

    /// Why a proven delivery does not take effect.
    private Optional<Fault> fault(Delivery delivery) {
        if (records.isApplied(exchange(delivery))) {
            return Optional.of(Fault.EXCHANGE_APPLIED);
        }
        for (Read read : bases(delivery)) {
            if (!read.version().equals(records.version(read.place().key()))) {
                return Optional.of(wasRefused(read) ? Fault.BASE_REFUSED : Fault.STALE_READ);
            }
        }
        List<Bytes> closed = records.closed();
        boolean isClosed =
                delivery.evidence().writeSet().writes().stream()
                        .anyMatch(write ->
                                closed.stream().anyMatch(it -> begins(write.place().key(), it)));
        return isClosed ? Optional.of(Fault.RANGE_CLOSED) : Optional.empty();
    }

    /// Why who takes it too does not.
    private Optional<Fault> unshared(Delivery delivery, long serial) {
        TreeMap<Bytes, Bytes> values = new TreeMap<>();
        List<Write> writes = delivery.evidence().writeSet().writes();
        for (int index = 0; index < writes.size(); index++) {
            values.put(writes.get(index).place().key(), delivery.values().get(index));
        }
        Received received =
                new Received(
                        records.address(),
                        records.owner().orElseThrow(),
                        records.alliance(),
                        serial,
                        exchange(delivery),
                        values);
        return sharing.take(received) instanceof Verdict.Rejected(Fault fault, String _)
                ? Optional.of(fault)
                : Optional.empty();
    }

    private boolean wasRefused(Read read) {
        return base(read)
                .flatMap(base -> records.outcome(base.number()))
                .filter(outcome -> outcome.end() != Settlement.End.APPLIED)
                .isPresent();
    }

    /// The reads of keys that live here: their versions are serials.
    private List<Read> bases(Delivery delivery) {
        return delivery.evidence().readSet().reads().stream()
                .filter(read ->
                        read.place().chain().equals(chain)
                                && read.place().inbox().equals(records.address()))
                .toList();
    }

    private static Optional<Serial> base(Read read) {
        return switch (read.version()) {
            case Version.Absent() -> Optional.empty();
            case Version.Present version -> Serial.of(version);
        };
    }

    private void write(Delivery delivery, long serial) {
        List<Write> writes = delivery.evidence().writeSet().writes();
        for (int index = 0; index < writes.size(); index++) {
            draft.put(
                    StateKey.delivered(records.address(), writes.get(index).place().key()),
                    new Serial(serial).version(),
                    delivery.values().get(index));
        }
        records.apply(draft, exchange(delivery), serial, position);
    }

    private Settlement end(long serial, Settlement.End end, int fault) {
        Settlement settlement =
                new Settlement(records.alliance(), serial, chain, records.address(), end, fault);
        records.end(draft, settlement, position);
        return settlement;
    }

    private static Digest exchange(Delivery delivery) {
        return ExchangeName.FORMAT.digest(delivery.request().exchange());
    }

    private static boolean begins(Bytes key, Bytes prefix) {
        return key.size() >= prefix.size() && key.slice(0, prefix.size()).equals(prefix);
    }
}
