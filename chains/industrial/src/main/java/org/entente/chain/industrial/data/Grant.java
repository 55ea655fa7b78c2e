package org.entente.chain.industrial.data;

import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;

/// That an account may read data for a purpose; the place says which, whose and what for.
///
/// @param from the time of the block that granted it
public record Grant(Instant from, Instant until) {
    public static final int PURPOSE_SIZE_BYTES_MAX = 48;
    public static final Format<Grant> FORMAT =
            new Format<>(DataTag.GRANT, 64, Grant::write, Grant::read);

    public Grant {
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("granted at " + from + " until " + until);
        }
    }

    public boolean holds(Instant now) {
        return now.isBefore(until);
    }

    private static void write(Encoder encoder, Grant grant) {
        encoder.time(grant.from).time(grant.until);
    }

    private static Grant read(Decoder decoder) {
        return new Grant(decoder.time(), decoder.time());
    }
}
