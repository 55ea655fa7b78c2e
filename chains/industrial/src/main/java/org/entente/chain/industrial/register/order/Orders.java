package org.entente.chain.industrial.register.order;

import org.entente.chain.industrial.register.Records;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Orders, their steps and who looked into them. Its keys, of the contract `order`, are `order/` ‖
/// id, `step/` ‖ id ‖ number u32 and `audit/` ‖ id ‖ number u32; numbers begin with 0.
public record Orders(Records records) {
    public static final Name REGISTER = new Name("order");

    public static Bytes place(Digest order) {
        return Bytes.utf8("order/").concat(order.bytes());
    }

    public static Bytes step(Digest order, int number) {
        return numbered("step/", order, number);
    }

    public static Bytes audit(Digest order, int number) {
        return numbered("audit/", order, number);
    }

    public Optional<Order> find(Digest order) {
        return records.find(REGISTER, place(order), Order.FORMAT);
    }

    public Parsed<Order> known(Digest order) {
        return find(order)
                .map(Parsed::of)
                .orElseGet(() -> Parsed.refused(Fault.NOT_FOUND, "no order is " + order));
    }

    public Optional<OrderStep> stepOf(Digest order, int number) {
        return records.find(REGISTER, step(order, number), OrderStep.FORMAT);
    }

    public Optional<OrderAudit> auditOf(Digest order, int number) {
        return records.find(REGISTER, audit(order, number), OrderAudit.FORMAT);
    }

    private static Bytes numbered(String what, Digest order, int number) {
        return Bytes.utf8(what)
                .concat(order.bytes())
                .concat(Bytes.copyOf(ByteBuffer.allocate(Integer.BYTES).putInt(number).array()));
    }
}
