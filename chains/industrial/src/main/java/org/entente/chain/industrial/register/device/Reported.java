package org.entente.chain.industrial.register.device;

import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Format;

import java.time.Instant;

/// That a device said something the chain believed; the place says which device, series and number.
///
/// @param report the digest that the device signed
/// @param root over the readings
/// @param at the time of the block
public record Reported(Digest report, Digest certificate, Digest root, Instant at) {
    public static final Format<Reported> FORMAT =
            new Format<>(
                    RegisterTag.REPORTED,
                    256,
                    (encoder, it) ->
                            encoder.digest(it.report)
                                    .digest(it.certificate)
                                    .digest(it.root)
                                    .time(it.at),
                    decoder ->
                            new Reported(
                                    decoder.digest(),
                                    decoder.digest(),
                                    decoder.digest(),
                                    decoder.time()));

    static Reported of(Report report, Instant at) {
        return new Reported(report.digest(), report.certificate(), report.root(), at);
    }
}
