package org.entente.agent;

import org.entente.adapter.InboxCall;
import org.entente.certs.Verifier;
import org.entente.endorsement.DeliveryCheck;
import org.entente.endorsement.ExchangeBook;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.delivery.CancelNotice;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.delivery.EpochNotice;
import org.entente.protocol.delivery.Sighting;
import org.entente.protocol.log.Cancellation;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Settlement;
import org.entente.registry.Alliance;
import org.entente.registry.EpochRecord;

import java.util.Optional;
import java.util.TreeSet;

/// What the relay gave to be brought, checked as the inbox contract will (protocol.md §6.9), by the
/// epoch records of this agent's own log: what would be refused there is not brought.
///
/// @param epoch the newest epoch that the contract must know for it
record Parcel(InboxCall call, long epoch) {

    /// Opens documents by what the log says here.
    record Opener(Alliance alliance, ExchangeBook book, Verifier verifier) {

        Parsed<Parcel> delivery(long serial, ChainId chain, String inbox, Bytes document) {
            return Delivery.FORMAT
                    .decode(document)
                    .then(delivery -> delivery(serial, chain, inbox, delivery));
        }

        private Parsed<Parcel> delivery(
                long serial, ChainId chain, String inbox, Delivery delivery) {
            EpochRecord judged = alliance.epochAt(serial);
            Verdict verdict =
                    sighted(serial, delivery.sighting())
                            .and(() -> check().delivery(delivery, judged, chain, inbox));
            return verdict instanceof Verdict.Rejected why
                    ? new Parsed.Refused<>(why)
                    : Parsed.of(
                            new Parcel(
                                    new InboxCall.Deliver(inbox, delivery),
                                    epoch(delivery.sighting())));
        }

        Parsed<Parcel> cancellation(long serial, Bytes document) {
            return CancelNotice.FORMAT
                    .decode(document)
                    .then(notice -> cancellation(serial, notice));
        }

        private Parsed<Parcel> cancellation(long serial, CancelNotice notice) {
            return cancellation(
                    serial,
                    book.open(notice.cancellation().serial())
                            .map(open -> open.flow().destination().inbox()),
                    notice);
        }

        /// Of what the log has cancelled already.
        Parsed<Parcel> cancelled(long serial, Settlement lost, Bytes document) {
            return CancelNotice.FORMAT
                    .decode(document)
                    .then(notice ->
                            cancellation(
                                    serial,
                                    Optional.of(lost.inbox())
                                            .filter(_ ->
                                                    notice.cancellation().serial()
                                                            == lost.serial()),
                                    notice));
        }

        private Parsed<Parcel> cancellation(
                long serial, Optional<String> inbox, CancelNotice notice) {
            boolean bound =
                    notice.sighting().entry().kind() == EntryKind.CANCEL
                            && notice.cancellation().alliance().equals(alliance.id())
                            && notice.sighting()
                                    .entry()
                                    .submission()
                                    .equals(Cancellation.FORMAT.digest(notice.cancellation()));
            if (!bound || inbox.isEmpty()) {
                return Parsed.refused(
                        Fault.UNBOUND, "serial " + serial + " cancels no open exchange");
            }
            return sighted(serial, notice.sighting()) instanceof Verdict.Rejected why
                    ? new Parsed.Refused<>(why)
                    : Parsed.of(
                            new Parcel(
                                    new InboxCall.Cancel(inbox.get(), notice),
                                    epoch(notice.sighting())));
        }

        Parsed<Parcel> epoch(long number, String inbox, Bytes document) {
            return EpochNotice.FORMAT
                    .decode(document)
                    .map(notice -> new Parcel(new InboxCall.BeginEpoch(inbox, notice), number - 1));
        }

        private Verdict sighted(long serial, Sighting sighting) {
            if (sighting.entry().serial() != serial) {
                return Verdict.rejected(
                        Fault.UNBOUND, "serial " + sighting.entry().serial() + ", not " + serial);
            }
            return check().sighting(sighting, sealing(sighting));
        }

        private EpochRecord sealing(Sighting sighting) {
            return alliance.epochAt(sighting.sealed().seal().size() - 1);
        }

        private long epoch(Sighting sighting) {
            return Math.max(
                    sealing(sighting).epoch(), alliance.epochAt(sighting.entry().serial()).epoch());
        }

        private DeliveryCheck check() {
            TreeSet<VerifyingKey> struck = new TreeSet<>();
            alliance.epochs().values().forEach(record -> struck.addAll(record.struck()));
            return new DeliveryCheck(struck, verifier);
        }
    }
}
