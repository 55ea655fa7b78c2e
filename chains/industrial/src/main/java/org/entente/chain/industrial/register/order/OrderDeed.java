package org.entente.chain.industrial.register.order;

import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.contract.Texts;
import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;
import java.util.Optional;

/// What is told the register of orders (docs/chains/industrial-registers.md §5).
public sealed interface OrderDeed extends Deed {
    List<String> METHODS =
            List.of("create", "accept", "deliver", "settle", "dispute", "resolve", "audit");
    Format<OrderDeed> FORMAT =
            new Format<>(RegisterTag.ORDER_DEED, 2_048, OrderDeed::write, OrderDeed::read);

    /// By the buyer, whose account calls. The order's id is the transaction's.
    record Create(OrganisationId seller, OrganisationId arbiter, Digest terms, String note)
            implements OrderDeed {
        public Create {
            Texts.require("a note", note, OrderStep.NOTE_SIZE_BYTES_MAX);
        }
    }

    /// By whom the step is: the seller accepts and delivers, the buyer settles, either disputes,
    /// the arbiter resolves.
    record Proceed(Digest order, OrderState to, Optional<Digest> evidence, String note)
            implements OrderDeed {
        public Proceed {
            Texts.require("a note", note, OrderStep.NOTE_SIZE_BYTES_MAX);
            if (to == OrderState.CREATED) {
                throw new IllegalArgumentException("an order is created once");
            }
        }
    }

    /// By an account of an auditor: it looks into the order, and that it did stands on the chain.
    record Audit(Digest order, String purpose) implements OrderDeed {
        public Audit {
            Texts.requireSome("a purpose", purpose, OrderStep.NOTE_SIZE_BYTES_MAX);
        }
    }

    @Override
    default String method() {
        return switch (this) {
            case Create _ -> "create";
            case Proceed proceed ->
                    switch (proceed.to) {
                        case CREATED -> throw new IllegalStateException("created twice");
                        case ACCEPTED -> "accept";
                        case DELIVERED -> "deliver";
                        case SETTLED -> "settle";
                        case DISPUTED -> "dispute";
                        case RESOLVED -> "resolve";
                    };
            case Audit _ -> "audit";
        };
    }

    private static void write(Encoder encoder, OrderDeed deed) {
        switch (deed) {
            case Create(var seller, var arbiter, Digest terms, String note) ->
                    encoder.u8(1)
                            .organisation(seller)
                            .organisation(arbiter)
                            .digest(terms)
                            .text(note);
            case Proceed(Digest order, OrderState to, var evidence, String note) ->
                    encoder.u8(2)
                            .digest(order)
                            .coded(to)
                            .optional(evidence, Encoder::digest)
                            .text(note);
            case Audit(Digest order, String purpose) -> encoder.u8(3).digest(order).text(purpose);
        }
    }

    private static OrderDeed read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 ->
                    new Create(
                            decoder.organisation(),
                            decoder.organisation(),
                            decoder.digest(),
                            decoder.text(OrderStep.NOTE_SIZE_BYTES_MAX));
            case 2 ->
                    new Proceed(
                            decoder.digest(),
                            decoder.coded(OrderState.class),
                            decoder.optional(Decoder::digest),
                            decoder.text(OrderStep.NOTE_SIZE_BYTES_MAX));
            case 3 -> new Audit(decoder.digest(), decoder.text(OrderStep.NOTE_SIZE_BYTES_MAX));
            default -> throw new IllegalArgumentException("no deed has the number " + kind);
        };
    }
}
