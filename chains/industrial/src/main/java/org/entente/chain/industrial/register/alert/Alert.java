package org.entente.chain.industrial.register.alert;

import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// One thing to hear of. Its place is its id: the same on every node that has the block.
///
/// @param time of the block
/// @param organisation whom it concerns, where that is known
/// @param subject a device, an account, a contract, an inbox
/// @param level what a threshold is compared with: points, days, a view, a count
public record Alert(
        AlertType type,
        Place place,
        Instant time,
        Optional<OrganisationId> organisation,
        String subject,
        Optional<Long> level,
        String detail) {
    public static final int SUBJECT_SIZE_BYTES_MAX = 256;
    private static final int DETAIL_SIZE_BYTES_MAX = 512;
    public static final Format<Alert> FORMAT =
            new Format<>(RegisterTag.ALERT, 2_048, Alert::write, Alert::read);

    /// Where it follows from.
    ///
    /// @param index of the transaction; how many there are, for what follows at the block's end
    /// @param number among those of one index
    public record Place(long height, int index, int number) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::height)
                        .thenComparingInt(Place::index)
                        .thenComparingInt(Place::number);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return height + "." + index + "." + number;
        }
    }

    private static void write(Encoder encoder, Alert alert) {
        encoder.coded(alert.type)
                .u64(alert.place.height)
                .u32(alert.place.index)
                .u32(alert.place.number)
                .time(alert.time)
                .optional(alert.organisation, Encoder::organisation)
                .text(alert.subject)
                .optional(alert.level, Encoder::u64)
                .text(alert.detail);
    }

    private static Alert read(Decoder decoder) {
        return new Alert(
                decoder.coded(AlertType.class),
                new Place(decoder.u64(), decoder.u32(), decoder.u32()),
                decoder.time(),
                decoder.optional(Decoder::organisation),
                decoder.text(SUBJECT_SIZE_BYTES_MAX),
                decoder.optional(Decoder::u64),
                decoder.text(DETAIL_SIZE_BYTES_MAX));
    }
}
