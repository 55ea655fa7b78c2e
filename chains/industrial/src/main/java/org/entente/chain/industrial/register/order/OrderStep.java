package org.entente.chain.industrial.register.order;

import org.entente.chain.industrial.contract.Texts;
import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.Optional;

/// One step of an order, for ever; the place says of which and which it is.
///
/// @param at the time of the block
/// @param evidence digest of what shows it: a delivery note, a series' root
/// @param note what people say about it
public record OrderStep(
        OrderState state,
        OrganisationId organisation,
        VerifyingKey by,
        Instant at,
        Optional<Digest> evidence,
        String note) {
    public static final int NOTE_SIZE_BYTES_MAX = 256;
    public static final Format<OrderStep> FORMAT =
            new Format<>(
                    RegisterTag.ORDER_STEP,
                    1_024,
                    (encoder, it) ->
                            encoder.coded(it.state)
                                    .organisation(it.organisation)
                                    .key(it.by)
                                    .time(it.at)
                                    .optional(it.evidence, Encoder::digest)
                                    .text(it.note),
                    decoder ->
                            new OrderStep(
                                    decoder.coded(OrderState.class),
                                    decoder.organisation(),
                                    decoder.key(),
                                    decoder.time(),
                                    decoder.optional(Decoder::digest),
                                    decoder.text(NOTE_SIZE_BYTES_MAX)));

    public OrderStep {
        Texts.require("a note", note, NOTE_SIZE_BYTES_MAX);
    }
}
