package org.entente.adapter;

import org.entente.protocol.Bytes;
import org.entente.protocol.delivery.CancelNotice;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.delivery.EpochNotice;
import org.entente.protocol.exchange.Place;

/// What is brought to an inbox contract. Each proves itself, so whoever brings it matters to nobody
/// (protocol.md §6.9).
public sealed interface InboxCall {
    /// The address of the contract in the chain's own words.
    String inbox();

    /// The bytes that the contract reads.
    Bytes notice();

    record Deliver(String inbox, Delivery delivery) implements InboxCall {
        public Deliver {
            Place.requireInbox(inbox);
        }

        @Override
        public Bytes notice() {
            return Delivery.FORMAT.encode(delivery);
        }
    }

    record BeginEpoch(String inbox, EpochNotice epoch) implements InboxCall {
        public BeginEpoch {
            Place.requireInbox(inbox);
        }

        @Override
        public Bytes notice() {
            return EpochNotice.FORMAT.encode(epoch);
        }
    }

    record Cancel(String inbox, CancelNotice cancellation) implements InboxCall {
        public Cancel {
            Place.requireInbox(inbox);
        }

        @Override
        public Bytes notice() {
            return CancelNotice.FORMAT.encode(cancellation);
        }
    }
}
