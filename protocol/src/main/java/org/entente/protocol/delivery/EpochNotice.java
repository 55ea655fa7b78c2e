package org.entente.protocol.delivery;

import org.entente.protocol.Bytes;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// What brings the next epoch record to an inbox contract: its entry, sealed by the epoch before,
/// and the change whose digest the entry has (protocol.md §2.5).
///
/// @param change the bytes of the change that proposed the record
public record EpochNotice(Sighting sighting, Bytes change) {
    private static final int CHANGE_SIZE_BYTES_MAX = 512 * 1024;
    public static final Format<EpochNotice> FORMAT =
            new Format<>(Purpose.EPOCH_NOTICE, 576 * 1024, EpochNotice::write, EpochNotice::read);

    private static void write(Encoder encoder, EpochNotice notice) {
        Sighting.write(encoder, notice.sighting);
        encoder.bytes(notice.change);
    }

    private static EpochNotice read(Decoder decoder) {
        return new EpochNotice(Sighting.read(decoder), decoder.bytes(CHANGE_SIZE_BYTES_MAX));
    }
}
