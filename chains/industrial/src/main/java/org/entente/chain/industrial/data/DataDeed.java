package org.entente.chain.industrial.data;

import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.contract.Texts;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.List;

/// What is told the contract of data (docs/chains/industrial-data.md §4).
public sealed interface DataDeed extends Deed {
    List<String> METHODS = List.of("register", "append", "batch", "grant", "revoke", "erase");
    Format<DataDeed> FORMAT =
            new Format<>(DataTag.DEED, 64 * 1024, DataDeed::write, DataDeed::read);

    DataId id();

    /// Data begins; the caller owns it.
    record Register(DataId id, Description description) implements DataDeed {}

    /// By its owner: the next version.
    ///
    /// @param version which it is, so that two writers do not hide each other's
    record Append(DataId id, int version, Description description) implements DataDeed {}

    /// By its owner: what follows in a series.
    ///
    /// @param number which must be due
    record Batch(DataId id, long number, Part part) implements DataDeed {
        public Batch {
            if (number < 0) {
                throw new IllegalArgumentException("parts are numbered from 0, not " + number);
            }
        }
    }

    /// By its owner: an account may read it.
    record Allow(DataId id, VerifyingKey account, String purpose, Instant until)
            implements DataDeed {
        public Allow {
            Texts.require("a purpose", purpose, Grant.PURPOSE_SIZE_BYTES_MAX);
        }
    }

    /// By its owner: it may no longer.
    record Revoke(DataId id, VerifyingKey account, String purpose) implements DataDeed {
        public Revoke {
            Texts.require("a purpose", purpose, Grant.PURPOSE_SIZE_BYTES_MAX);
        }
    }

    /// By its owner: all of it becomes unreadable, in all versions.
    record Erase(DataId id, String reason) implements DataDeed {
        public Erase {
            Texts.require("a reason", reason, DataHead.REASON_SIZE_BYTES_MAX);
        }
    }

    @Override
    default String method() {
        return switch (this) {
            case Register _ -> "register";
            case Append _ -> "append";
            case Batch _ -> "batch";
            case Allow _ -> "grant";
            case Revoke _ -> "revoke";
            case Erase _ -> "erase";
        };
    }

    private static void write(Encoder encoder, DataDeed deed) {
        switch (deed) {
            case Register(DataId id, Description description) -> {
                DataId.write(encoder.u8(1), id);
                Description.write(encoder, description);
            }
            case Append(DataId id, int version, Description description) -> {
                DataId.write(encoder.u8(2), id);
                Description.write(encoder.u32(version), description);
            }
            case Batch(DataId id, long number, Part part) -> {
                DataId.write(encoder.u8(3), id);
                Part.write(encoder.u64(number), part);
            }
            case Allow(DataId id, VerifyingKey account, String purpose, Instant until) -> {
                DataId.write(encoder.u8(4), id);
                encoder.key(account).text(purpose).time(until);
            }
            case Revoke(DataId id, VerifyingKey account, String purpose) -> {
                DataId.write(encoder.u8(5), id);
                encoder.key(account).text(purpose);
            }
            case Erase(DataId id, String reason) -> {
                DataId.write(encoder.u8(6), id);
                encoder.text(reason);
            }
        }
    }

    private static DataDeed read(Decoder decoder) {
        int kind = decoder.u8();
        DataId id = DataId.read(decoder);
        return switch (kind) {
            case 1 -> new Register(id, Description.read(decoder));
            case 2 -> new Append(id, decoder.u32(), Description.read(decoder));
            case 3 -> new Batch(id, decoder.u64(), Part.read(decoder));
            case 4 ->
                    new Allow(
                            id,
                            decoder.key(),
                            decoder.text(Grant.PURPOSE_SIZE_BYTES_MAX),
                            decoder.time());
            case 5 -> new Revoke(id, decoder.key(), decoder.text(Grant.PURPOSE_SIZE_BYTES_MAX));
            case 6 -> new Erase(id, decoder.text(DataHead.REASON_SIZE_BYTES_MAX));
            default -> throw new IllegalArgumentException("no deed has the number " + kind);
        };
    }
}
