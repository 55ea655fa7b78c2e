package org.entente.agent;

import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.exchange.Place;

/// Something that is brought to an inbox contract.
///
/// @param number the serial of the entry, or the epoch's number
/// @param inbox the chain's word for the contract
public record Errand(Kind kind, String inbox, long number) implements Comparable<Errand> {
    /// What is brought.
    public enum Kind implements Coded {
        EPOCH(1),
        DELIVERY(2),
        CANCELLATION(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    @Override
    public int compareTo(Errand other) {
        int byKind = kind.compareTo(other.kind);
        int byInbox = byKind != 0 ? byKind : inbox.compareTo(other.inbox);
        return byInbox != 0 ? byInbox : Long.compare(number, other.number);
    }

    static void write(Encoder encoder, Errand errand) {
        encoder.coded(errand.kind).text(errand.inbox).u64(errand.number);
    }

    static Errand read(Decoder decoder) {
        return new Errand(
                decoder.coded(Kind.class), decoder.text(Place.INBOX_SIZE_BYTES_MAX), decoder.u64());
    }
}
