package org.entente.chain;

import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.exchange.Place;

import java.time.Instant;

/// One thing that a pact waits for (docs/ledger.md §11.2).
public sealed interface Clause {
    int VALUE_SIZE_BYTES_MAX = 1_024;

    /// Where it looks.
    ///
    /// @param inbox whose delivered key it is; empty: a key of the chain's own
    record Where(String inbox, Bytes key) {
        public Where {
            if (!inbox.isEmpty()) {
                Place.requireInbox(inbox);
            }
            Action.requireKey(key);
        }

        static void write(Encoder encoder, Where where) {
            encoder.text(where.inbox).bytes(where.key);
        }

        static Where read(Decoder decoder) {
            return new Where(
                    decoder.text(Place.INBOX_SIZE_BYTES_MAX),
                    decoder.bytes(Action.KEY_SIZE_BYTES_MAX));
        }
    }

    /// The key has exactly this value.
    record Holds(Where where, Bytes value) implements Clause {
        public Holds {
            Action.requireSize("a clause's value", value, VALUE_SIZE_BYTES_MAX);
        }
    }

    /// The key has a value.
    record Exists(Where where) implements Clause {}

    /// The key has no value.
    record Absent(Where where) implements Clause {}

    /// The key's value is a whole number that is not below this one.
    record AtLeast(Where where, Whole least) implements Clause {}

    /// The key's value is a whole number that is not above this one.
    record AtMost(Where where, Whole most) implements Clause {}

    /// The block's time is not before this one.
    record Since(Instant time) implements Clause {}

    static void write(Encoder encoder, Clause clause) {
        switch (clause) {
            case Holds(Where where, Bytes value) -> at(encoder, 1, where).bytes(value);
            case Exists(Where where) -> at(encoder, 2, where);
            case Absent(Where where) -> at(encoder, 3, where);
            case AtLeast(Where where, Whole least) -> Whole.write(at(encoder, 4, where), least);
            case AtMost(Where where, Whole most) -> Whole.write(at(encoder, 5, where), most);
            case Since(Instant time) -> encoder.u8(6).time(time);
        }
    }

    private static Encoder at(Encoder encoder, int kind, Where where) {
        Where.write(encoder.u8(kind), where);
        return encoder;
    }

    static Clause read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 -> new Holds(Where.read(decoder), decoder.bytes(VALUE_SIZE_BYTES_MAX));
            case 2 -> new Exists(Where.read(decoder));
            case 3 -> new Absent(Where.read(decoder));
            case 4 -> new AtLeast(Where.read(decoder), Whole.read(decoder));
            case 5 -> new AtMost(Where.read(decoder), Whole.read(decoder));
            case 6 -> new Since(decoder.time());
            default -> throw new IllegalArgumentException("no clause has the number " + kind);
        };
    }
}
