package org.entente.chain;

import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// One thing that a pact does: to keys of the chain's own, and to nothing else (docs/ledger.md
/// §11.3).
public sealed interface Effect {
    int VALUE_SIZE_BYTES_MAX = 4_096;

    /// Writes a key.
    record Put(Bytes key, Bytes value) implements Effect {
        public Put {
            Action.requireKey(key);
            Action.requireSize("an effect's value", value, VALUE_SIZE_BYTES_MAX);
        }
    }

    /// Takes the value of a key that has one.
    record Delete(Bytes key) implements Effect {
        public Delete {
            Action.requireKey(key);
        }
    }

    /// Adds to the whole number that a key holds; without a value it counts as zero.
    record Add(Bytes key, Whole amount) implements Effect {
        public Add {
            Action.requireKey(key);
        }
    }

    static void write(Encoder encoder, Effect effect) {
        switch (effect) {
            case Put(Bytes key, Bytes value) -> encoder.u8(1).bytes(key).bytes(value);
            case Delete(Bytes key) -> encoder.u8(2).bytes(key);
            case Add(Bytes key, Whole amount) -> Whole.write(encoder.u8(3).bytes(key), amount);
        }
    }

    static Effect read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 ->
                    new Put(
                            decoder.bytes(Action.KEY_SIZE_BYTES_MAX),
                            decoder.bytes(VALUE_SIZE_BYTES_MAX));
            case 2 -> new Delete(decoder.bytes(Action.KEY_SIZE_BYTES_MAX));
            case 3 -> new Add(decoder.bytes(Action.KEY_SIZE_BYTES_MAX), Whole.read(decoder));
            default -> throw new IllegalArgumentException("no effect has the number " + kind);
        };
    }
}
