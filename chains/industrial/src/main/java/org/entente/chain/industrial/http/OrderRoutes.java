package org.entente.chain.industrial.http;

import org.entente.certs.Signer;
import org.entente.chain.execution.Ledger;
import org.entente.chain.http.Asked;
import org.entente.chain.industrial.register.Records;
import org.entente.chain.industrial.register.order.Bundle;
import org.entente.chain.industrial.register.order.Order;
import org.entente.chain.industrial.register.order.OrderAudit;
import org.entente.chain.industrial.register.order.OrderState;
import org.entente.chain.industrial.register.order.OrderStep;
import org.entente.chain.industrial.register.order.Orders;
import org.entente.chain.worker.Served;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Orders as the newest final block has them, and their bundles
/// (docs/chains/industrial-registers.md §5.4).
public final class OrderRoutes {
    private static final String OCTETS = "application/octet-stream";

    private final Served chain;
    private final Signer node;

    /// @param node signs bundles
    public OrderRoutes(Served chain, Signer node) {
        this.chain = chain;
        this.node = node;
    }

    record OrderView(
            Digest id,
            OrganisationId buyer,
            OrganisationId seller,
            OrganisationId arbiter,
            Digest terms,
            OrderState state,
            List<StepView> steps,
            List<AuditView> audits,
            long height) {}

    record StepView(
            OrderState state,
            OrganisationId organisation,
            VerifyingKey by,
            String at,
            Optional<Digest> evidence,
            String note) {
        static StepView of(OrderStep it) {
            return new StepView(
                    it.state(),
                    it.organisation(),
                    it.by(),
                    it.at().toString(),
                    it.evidence(),
                    it.note());
        }
    }

    record AuditView(OrganisationId organisation, VerifyingKey by, String at, String purpose) {
        static AuditView of(OrderAudit it) {
            return new AuditView(it.organisation(), it.by(), it.at().toString(), it.purpose());
        }
    }

    public Routes routes() {
        return Routes.none()
                .get("/v1/orders/{id}", Answers.json(OrderView.class, this::order))
                .get("/v1/orders/{id}/bundle", this::bundle);
    }

    Reply order(Request request) {
        Ledger last = chain.last();
        Orders orders = new Orders(Records.of(last.state()));
        return switch (Asked.digest(request.parameter("id"))
                .then(id -> orders.known(id).map(it -> view(id, it, orders, last.height())))) {
            case Parsed.Refused<OrderView>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<OrderView>(OrderView view) -> Reply.json(view);
        };
    }

    private static OrderView view(Digest id, Order order, Orders orders, long height) {
        return new OrderView(
                id,
                order.buyer(),
                order.seller(),
                order.arbiter(),
                order.terms(),
                order.state(),
                IntStream.range(0, order.steps())
                        .mapToObj(number -> orders.stepOf(id, number).orElseThrow())
                        .map(StepView::of)
                        .toList(),
                IntStream.range(
                                Math.max(0, order.audits() - Bundle.AUDIT_COUNT_MAX),
                                order.audits())
                        .mapToObj(number -> orders.auditOf(id, number).orElseThrow())
                        .map(AuditView::of)
                        .toList(),
                height);
    }

    Reply bundle(Request request) {
        return switch (Asked.digest(request.parameter("id"))
                .then(id -> Bundle.of(id, chain.last(), node))) {
            case Parsed.Refused<Bundle>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Bundle>(Bundle bundle) ->
                    Reply.bytes(OCTETS, Bundle.FORMAT.encode(bundle));
        };
    }
}
