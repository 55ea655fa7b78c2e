package org.entente.chain.industrial.register.order;

import org.entente.chain.industrial.register.RegisterTag;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// How an order stands.
///
/// @param arbiter an auditor, who ends a dispute
/// @param terms digest of what was agreed
/// @param steps how many there are, the first being that it was created
/// @param audits how many looks into it there were
public record Order(
        OrganisationId buyer,
        OrganisationId seller,
        OrganisationId arbiter,
        Digest terms,
        OrderState state,
        int steps,
        int audits) {
    public static final int STEP_COUNT_MAX = 8;
    public static final Format<Order> FORMAT =
            new Format<>(RegisterTag.ORDER, 1_024, Order::write, Order::read);

    public Order {
        if (buyer.equals(seller) || arbiter.equals(buyer) || arbiter.equals(seller)) {
            throw new IllegalArgumentException(
                    "buyer, seller and arbiter are three, not %s, %s, %s"
                            .formatted(buyer, seller, arbiter));
        }
        if (steps < 1 || steps > STEP_COUNT_MAX || audits < 0) {
            throw new IllegalArgumentException(steps + " steps, " + audits + " audits");
        }
    }

    Order stepped(OrderState next) {
        return new Order(buyer, seller, arbiter, terms, next, steps + 1, audits);
    }

    Order audited() {
        return new Order(buyer, seller, arbiter, terms, state, steps, audits + 1);
    }

    private static void write(Encoder encoder, Order order) {
        encoder.organisation(order.buyer)
                .organisation(order.seller)
                .organisation(order.arbiter)
                .digest(order.terms)
                .coded(order.state)
                .u32(order.steps)
                .u32(order.audits);
    }

    private static Order read(Decoder decoder) {
        return new Order(
                decoder.organisation(),
                decoder.organisation(),
                decoder.organisation(),
                decoder.digest(),
                decoder.coded(OrderState.class),
                decoder.u32(),
                decoder.u32());
    }
}
