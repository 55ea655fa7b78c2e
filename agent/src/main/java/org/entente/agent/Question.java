package org.entente.agent;

import org.entente.adapter.Call;
import org.entente.adapter.InboxCall;
import org.entente.adapter.Prepared;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Sorted;
import org.entente.protocol.exchange.Place;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// What a [Seat] asks of the world; an [Answer] comes back. Each is safe to ask again.
public sealed interface Question {
    /// What keys of one chain hold, all at one final point.
    record Keys(ChainId chain, SortedSet<Place> places) implements Question {
        public Keys {
            places = Sorted.copyOf(places);
        }
    }

    /// The newest final point of a chain.
    record Head(ChainId chain) implements Question {}

    /// What a read-only function of a chain answers.
    record Function(ChainId chain, Call call) implements Question {}

    /// Put values among the relay's payloads, each under its digest.
    record Upload(List<Bytes> values) implements Question {
        public Upload {
            values = List.copyOf(values);
        }
    }

    /// A document that the relay holds ready for an inbox contract.
    record Document(Kind kind, long number) implements Question {
        /// What the number counts.
        public enum Kind {
            /// A delivery, by its serial.
            DELIVERY,
            /// A cancel notice, by the serial of the CANCEL entry.
            CANCELLATION,
            /// An epoch notice, by its epoch.
            EPOCH
        }
    }

    /// The inbox contract at an address.
    record InboxAt(ChainId chain, String address) implements Question {}

    /// Make a transaction of a call.
    record Prepare(ChainId chain, InboxCall call) implements Question {}

    /// Send a transaction, for the first time or again.
    record Send(ChainId chain, Prepared prepared) implements Question {}

    /// How the exchange of a serial ended at an inbox contract.
    record OutcomeAt(ChainId chain, String inbox, long serial) implements Question {}

    /// The chain that is asked, if it is one.
    default Optional<ChainId> chainAsked() {
        return switch (this) {
            case Keys it -> Optional.of(it.chain());
            case Head it -> Optional.of(it.chain());
            case Function it -> Optional.of(it.chain());
            case InboxAt it -> Optional.of(it.chain());
            case Prepare it -> Optional.of(it.chain());
            case Send it -> Optional.of(it.chain());
            case OutcomeAt it -> Optional.of(it.chain());
            case Upload _, Document _ -> Optional.empty();
        };
    }
}
