package org.entente.protocol.log;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;

/// What a sealer signs: everything in the log up to a size.
///
/// @param root the RFC 6962 root over the bytes of the first `size` entries
/// @param time the entry time of the last of them
public record Seal(AllianceId alliance, long epoch, long size, Digest root, Instant time) {
    public static final Format<Seal> FORMAT =
            new Format<>(Purpose.SEAL, 512, Seal::write, Seal::read);

    public static void write(Encoder encoder, Seal seal) {
        encoder.alliance(seal.alliance)
                .u64(seal.epoch)
                .u64(seal.size)
                .digest(seal.root)
                .time(seal.time);
    }

    public static Seal read(Decoder decoder) {
        return new Seal(
                decoder.alliance(), decoder.u64(), decoder.u64(), decoder.digest(), decoder.time());
    }
}
