package org.entente.chain.industrial.register.order;

import org.entente.chain.industrial.contract.Texts;
import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Format;

import java.time.Instant;

/// That an auditor looked into an order, and what for.
///
/// @param at the time of the block
public record OrderAudit(OrganisationId organisation, VerifyingKey by, Instant at, String purpose) {
    public static final Format<OrderAudit> FORMAT =
            new Format<>(
                    RegisterTag.ORDER_AUDIT,
                    1_024,
                    (encoder, it) ->
                            encoder.organisation(it.organisation)
                                    .key(it.by)
                                    .time(it.at)
                                    .text(it.purpose),
                    decoder ->
                            new OrderAudit(
                                    decoder.organisation(),
                                    decoder.key(),
                                    decoder.time(),
                                    decoder.text(OrderStep.NOTE_SIZE_BYTES_MAX)));

    public OrderAudit {
        Texts.requireSome("a purpose", purpose, OrderStep.NOTE_SIZE_BYTES_MAX);
    }
}
