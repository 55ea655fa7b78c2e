package org.entente.chain.industrial.data;

import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.protocol.encoding.Format;

import java.util.Optional;

/// How far a series is.
///
/// @param next the number of the part that is due, from 0
/// @param missing batches that were declared never to come
/// @param readings that all its batches have
/// @param to of the latest reading; empty: none came
/// @param device whose series it is, so that each batch needs its word; empty: nobody's
public record SeriesHead(
        long next, long missing, long readings, Optional<Long> to, Optional<Identifier> device) {
    public static final Format<SeriesHead> FORMAT =
            new Format<>(
                    DataTag.SERIES,
                    256,
                    (encoder, head) ->
                            encoder.u64(head.next)
                                    .u64(head.missing)
                                    .u64(head.readings)
                                    .optional(head.to, Summary::writeSigned)
                                    .optional(head.device, Identifier::write),
                    decoder ->
                            new SeriesHead(
                                    decoder.u64(),
                                    decoder.u64(),
                                    decoder.u64(),
                                    decoder.optional(Summary::readSigned),
                                    decoder.optional(Identifier::read)));

    public SeriesHead {
        if (next < 0 || missing < 0 || missing > next || readings < 0) {
            throw new IllegalArgumentException(
                    "no series: %d parts, %d missing, %d readings"
                            .formatted(next, missing, readings));
        }
    }

    static SeriesHead begun(Optional<Identifier> device) {
        return new SeriesHead(0, 0, 0, Optional.empty(), device);
    }

    SeriesHead with(Part part) {
        return switch (part) {
            case Part.Gap gap ->
                    new SeriesHead(next + gap.count(), missing + gap.count(), readings, to, device);
            case Part.Batch(_, Summary summary, _, _) ->
                    new SeriesHead(
                            next + 1,
                            missing,
                            readings + summary.count(),
                            Optional.of(Math.max(to.orElse(Long.MIN_VALUE), summary.to())),
                            device);
        };
    }
}
