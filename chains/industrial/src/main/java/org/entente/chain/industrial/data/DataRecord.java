package org.entente.chain.industrial.data;

import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.Optional;

/// One version of data as it stands on the chain, for ever (docs/chains/industrial-data.md §1).
///
/// @param version from 1
/// @param previous the digest of the version before
/// @param registered the time of the block
public record DataRecord(
        DataId id,
        VerifyingKey owner,
        int version,
        Optional<Digest> previous,
        Instant registered,
        Description description) {
    public static final Format<DataRecord> FORMAT =
            new Format<>(DataTag.RECORD, 64 * 1024, DataRecord::write, DataRecord::read);

    public DataRecord {
        if (version < 1 || (version == 1) == previous.isPresent()) {
            throw new IllegalArgumentException(
                    "version " + version + " where the one before is " + previous);
        }
    }

    private static void write(Encoder encoder, DataRecord data) {
        DataId.write(encoder, data.id);
        encoder.key(data.owner)
                .u32(data.version)
                .optional(data.previous, Encoder::digest)
                .time(data.registered);
        Description.write(encoder, data.description);
    }

    private static DataRecord read(Decoder decoder) {
        return new DataRecord(
                DataId.read(decoder),
                decoder.key(),
                decoder.u32(),
                decoder.optional(Decoder::digest),
                decoder.time(),
                Description.read(decoder));
    }
}
