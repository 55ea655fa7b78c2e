package org.entente.protocol.log;

import org.entente.protocol.AllianceId;
import org.entente.protocol.ChainId;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Place;

/// How an inbox contract ended the exchange of a serial: the record it keeps, and what observers
/// vouch for.
///
/// @param inbox the address of the contract whose record it is
/// @param fault the number of the reason of a refusal, else 0
public record Settlement(
        AllianceId alliance, long serial, ChainId chain, String inbox, End end, int fault) {
    public static final Format<Settlement> FORMAT =
            new Format<>(Purpose.SETTLEMENT, 512, Settlement::write, Settlement::read);

    /// How it ended.
    public enum End implements Coded {
        APPLIED(1),
        REFUSED(2),
        CANCELLED(3);

        private final int code;

        End(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    public Settlement {
        Place.requireInbox(inbox);
        if ((end == End.REFUSED) != (fault != 0)) {
            throw new IllegalArgumentException(
                    "a refusal, and it alone, has a reason: " + end + " with " + fault);
        }
    }

    public static void write(Encoder encoder, Settlement settlement) {
        encoder.alliance(settlement.alliance)
                .u64(settlement.serial)
                .chain(settlement.chain)
                .text(settlement.inbox)
                .coded(settlement.end)
                .u16(settlement.fault);
    }

    public static Settlement read(Decoder decoder) {
        return new Settlement(
                decoder.alliance(),
                decoder.u64(),
                decoder.chain(),
                decoder.text(Place.INBOX_SIZE_BYTES_MAX),
                decoder.coded(End.class),
                decoder.u16());
    }
}
