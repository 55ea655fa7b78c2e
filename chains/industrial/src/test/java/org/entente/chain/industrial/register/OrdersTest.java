package org.entente.chain.industrial.register;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.industrial.register.order.Bundle;
import org.entente.chain.industrial.register.order.Order;
import org.entente.chain.industrial.register.order.OrderDeed;
import org.entente.chain.industrial.register.order.OrderState;
import org.entente.chain.industrial.register.order.OrderStep;
import org.entente.chain.industrial.register.order.Orders;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Orders: who takes which step, who looks, and what can be proved of it.
final class OrdersTest {
    private final Town town = Town.peopled();
    private final Signer buyer = town.mill.account();
    private final Signer seller = town.press.account();
    private final Signer arbiter = town.audit.account();
    private final Digest id = create();

    private Digest create() {
        Bytes answer =
                town.done(
                                buyer,
                                new OrderDeed.Create(
                                        town.press.id(), town.audit.id(), Digest.ZERO, "40 gears"))
                        .output();
        return new Digest(answer);
    }

    private OrderDeed to(OrderState state) {
        return new OrderDeed.Proceed(id, state, Optional.empty(), "");
    }

    private Order order() {
        return new Orders(town.records()).find(id).orElseThrow();
    }

    private void refused(Fault fault, Signer by, OrderDeed deed) {
        Order before = order();
        assertThat(town.refused(by, deed)).as(deed.toString()).contains(fault);
        assertThat(order()).isEqualTo(before);
    }

    @Test
    void an_order_goes_its_way_by_those_whose_steps_they_are() {
        refused(Fault.NOT_YOURS, buyer, to(OrderState.ACCEPTED));
        refused(Fault.WRONG_STATE, seller, to(OrderState.DELIVERED));
        refused(Fault.WRONG_STATE, buyer, to(OrderState.DISPUTED));
        town.done(seller, to(OrderState.ACCEPTED));
        refused(Fault.WRONG_STATE, seller, to(OrderState.ACCEPTED));
        refused(Fault.WRONG_STATE, buyer, to(OrderState.SETTLED));
        town.done(seller, to(OrderState.DELIVERED));
        refused(Fault.NOT_YOURS, seller, to(OrderState.SETTLED));
        refused(Fault.NOT_YOURS, arbiter, to(OrderState.DISPUTED));
        refused(Fault.WRONG_STATE, arbiter, to(OrderState.RESOLVED));
        town.done(buyer, to(OrderState.SETTLED));
        refused(Fault.WRONG_STATE, buyer, to(OrderState.DISPUTED));
        assertThat(order().steps()).isEqualTo(4);
        assertThat(new Orders(town.records()).stepOf(id, 3).orElseThrow().organisation())
                .isEqualTo(town.mill.id());
    }

    @Test
    void a_dispute_is_ended_by_the_arbiter_alone() {
        town.done(seller, to(OrderState.ACCEPTED));
        town.done(seller, to(OrderState.DISPUTED));
        refused(Fault.WRONG_STATE, seller, to(OrderState.DELIVERED));
        refused(Fault.NOT_YOURS, buyer, to(OrderState.RESOLVED));
        town.done(arbiter, to(OrderState.RESOLVED));
        refused(Fault.WRONG_STATE, arbiter, to(OrderState.RESOLVED));
        assertThat(order().state()).isEqualTo(OrderState.RESOLVED);
    }

    @Test
    void buyer_seller_and_arbiter_are_known_and_three() {
        OrganisationId nobody = new OrganisationId("no.example");
        refused(Fault.UNKNOWN_ORGANISATION, buyer, create(nobody, town.audit.id()));
        refused(Fault.UNKNOWN_ORGANISATION, buyer, create(town.press.id(), nobody));
        refused(Fault.WRONG_ROLE, buyer, create(town.press.id(), town.mill.id()));
        refused(Fault.INVALID_VALUE, buyer, create(town.mill.id(), town.audit.id()));
        refused(Fault.NOT_A_PARTY, town.stranger, create(town.press.id(), town.audit.id()));
        refused(
                Fault.NOT_FOUND,
                seller,
                new OrderDeed.Proceed(Digest.ZERO, OrderState.ACCEPTED, Optional.empty(), ""));
    }

    private static OrderDeed create(OrganisationId seller, OrganisationId arbiter) {
        return new OrderDeed.Create(seller, arbiter, Digest.ZERO, "");
    }

    @Test
    void who_looks_is_an_auditor_and_that_it_looked_stands_on_the_chain() {
        refused(Fault.WRONG_ROLE, seller, new OrderDeed.Audit(id, "curiosity"));
        town.done(arbiter, new OrderDeed.Audit(id, "yearly audit"));
        assertThat(order().audits()).isEqualTo(1);
        assertThat(new Orders(town.records()).auditOf(id, 0).orElseThrow().purpose())
                .isEqualTo("yearly audit");
    }

    @Test
    void a_bundle_shows_all_of_an_order_and_holds_without_any_node() {
        town.done(seller, to(OrderState.ACCEPTED));
        town.done(arbiter, new OrderDeed.Audit(id, "yearly audit"));
        Bundle bundle = Bundle.of(id, town.ledger(), seller).orThrow();
        Bundle read = Bundle.FORMAT.decode(Bundle.FORMAT.encode(bundle)).orThrow();
        Bundle.Content content = verified(read).orThrow();
        assertThat(content.steps())
                .extracting(OrderStep::state)
                .containsExactly(OrderState.CREATED, OrderState.ACCEPTED);
        assertThat(content.audits()).hasSize(1);

        assertThat(
                        fault(
                                read.verify(
                                        _ -> Verdict.rejected(Fault.QUORUM_MISSED, ""),
                                        Town.VERIFIER)))
                .isEqualTo(Fault.QUORUM_MISSED);
        assertThat(fault(verified(with(read, read.header(), read.shown(), buyer, seller))))
                .isEqualTo(Fault.BAD_SIGNATURE);
        assertThat(Bundle.of(Digest.ZERO, town.ledger(), seller).verdict().isAccepted()).isFalse();
    }

    /// Whatever a node that lies leaves out, changes or takes from another block.
    @Test
    void a_bundle_that_leaves_out_or_changes_anything_does_not_hold() {
        CertifiedHeader before = town.ledger().head();
        town.done(seller, to(OrderState.ACCEPTED));
        Bundle bundle = Bundle.of(id, town.ledger(), seller).orThrow();
        List<Bundle.Shown> fewer = bundle.shown().subList(0, 2);
        List<Bundle.Shown> swapped = new ArrayList<>(bundle.shown());
        swapped.set(2, bundle.shown().get(1));
        List<Bundle.Shown> changed = new ArrayList<>(bundle.shown());
        OrderStep step = OrderStep.FORMAT.decode(changed.get(1).value()).orThrow();
        OrderStep forged =
                new OrderStep(
                        step.state(),
                        step.organisation(),
                        step.by(),
                        step.at(),
                        step.evidence(),
                        "41 gears");
        changed.set(1, new Bundle.Shown(changed.get(1).proof(), OrderStep.FORMAT.encode(forged)));
        for (List<Bundle.Shown> shown : List.of(fewer, swapped, changed)) {
            assertThat(fault(verified(with(bundle, bundle.header(), shown, seller, seller))))
                    .isEqualTo(Fault.BAD_PROOF);
        }
        assertThat(fault(verified(with(bundle, before, bundle.shown(), seller, seller))))
                .isEqualTo(Fault.BAD_PROOF);
    }

    private Parsed<Bundle.Content> verified(Bundle bundle) {
        return bundle.verify(_ -> Verdict.accepted(), Town.VERIFIER);
    }

    private static Bundle with(
            Bundle bundle,
            CertifiedHeader header,
            List<Bundle.Shown> shown,
            Signer named,
            Signer signer) {
        return Bundle.signed(bundle.order(), header, shown, named.key(), signer);
    }

    private static Fault fault(Parsed<?> parsed) {
        return ((Verdict.Rejected) parsed.verdict()).fault();
    }
}
