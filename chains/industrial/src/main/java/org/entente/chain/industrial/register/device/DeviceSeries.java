package org.entente.chain.industrial.register.device;

import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.encoding.Format;

import java.time.Instant;

/// How far a device's series is.
///
/// @param next the number that is due
/// @param missing how many numbers below it nobody brought
/// @param latest the time of the block that has the newest batch
public record DeviceSeries(long next, long missing, Instant latest) {
    public static final Format<DeviceSeries> FORMAT =
            new Format<>(
                    RegisterTag.DEVICE_SERIES,
                    128,
                    (encoder, it) -> encoder.u64(it.next).u64(it.missing).time(it.latest),
                    decoder -> new DeviceSeries(decoder.u64(), decoder.u64(), decoder.time()));

    public DeviceSeries {
        if (next < 0 || missing < 0 || missing > next) {
            throw new IllegalArgumentException(missing + " missing of " + next);
        }
    }

    /// Behind a batch that is in turn or leaves some out.
    DeviceSeries passed(long number, Instant now) {
        return new DeviceSeries(number + 1, missing + (number - next), now);
    }

    /// Behind one that was missing.
    DeviceSeries filled(Instant now) {
        return new DeviceSeries(next, missing - 1, now);
    }
}
