package org.entente.chain.industrial.register.device;

import org.entente.chain.industrial.register.RegisterTag;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.protocol.Name;
import org.entente.protocol.encoding.Format;

/// What the register tells when a series leaves batches out.
///
/// @param from the first number that is missing
/// @param count how many are
public record Missing(Identifier device, String series, long from, long count) {
    public static final Name TOPIC = new Name("missing");
    public static final Format<Missing> FORMAT =
            new Format<>(
                    RegisterTag.MISSING,
                    512,
                    (encoder, it) -> {
                        Identifier.write(encoder, it.device);
                        encoder.text(it.series).u64(it.from).u64(it.count);
                    },
                    decoder ->
                            new Missing(
                                    Identifier.read(decoder),
                                    decoder.text(Report.SERIES_SIZE_BYTES_MAX),
                                    decoder.u64(),
                                    decoder.u64()));
}
