package org.entente.chain.industrial.register.order;

import org.entente.chain.contract.Call;
import org.entente.chain.contract.Contract;
import org.entente.chain.contract.Store;
import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.register.Organisation;
import org.entente.chain.industrial.register.Organisations;
import org.entente.chain.industrial.register.Records;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// The register of orders (docs/chains/industrial-registers.md §5). Nothing of it is ever changed
/// or deleted but the order's own head.
public record OrderContract() implements Contract {
    @Override
    public Name name() {
        return Orders.REGISTER;
    }

    @Override
    public SortedSet<Name> reads() {
        return Sorted.copyOf(List.of(Organisations.REGISTER));
    }

    @Override
    public Parsed<Bytes> call(Call call, Store store) {
        Act act = new Act(call, store);
        return Deed.told(call, OrderDeed.FORMAT, OrderDeed.METHODS)
                .then(deed ->
                        act.organisations.caller(call.caller()).then(by -> act.perform(deed, by)));
    }

    /// One deed of one account.
    private static final class Act {
        private final Call call;
        private final Store store;
        private final Organisations organisations;
        private final Orders orders;

        private Act(Call call, Store store) {
            this.call = call;
            this.store = store;
            this.organisations = new Organisations(Records.of(store));
            this.orders = new Orders(Records.of(store));
        }

        private Parsed<Bytes> perform(OrderDeed deed, OrganisationId by) {
            return switch (deed) {
                case OrderDeed.Create create -> create(create, by);
                case OrderDeed.Proceed proceed ->
                        orders.known(proceed.order())
                                .then(before ->
                                        Deed.done(
                                                may(before, proceed.to(), by),
                                                () -> proceed(before, proceed, by)));
                case OrderDeed.Audit(Digest order, String purpose) ->
                        orders.known(order)
                                .then(before ->
                                        Deed.done(
                                                isAuditor(by),
                                                () -> audit(order, before, by, purpose)));
            };
        }

        private Parsed<Bytes> create(OrderDeed.Create create, OrganisationId by) {
            if (organisations.named(create.seller()).isEmpty()) {
                return Parsed.refused(Fault.UNKNOWN_ORGANISATION, create.seller());
            }
            if (isAuditor(create.arbiter()) instanceof Verdict.Rejected why) {
                return new Parsed.Refused<>(why);
            }
            if (by.equals(create.seller())
                    || by.equals(create.arbiter())
                    || create.seller().equals(create.arbiter())) {
                return Parsed.refused(
                        Fault.INVALID_VALUE, "buyer, seller and arbiter are three organisations");
            }
            Digest id = call.transaction();
            Order order =
                    new Order(
                            by,
                            create.seller(),
                            create.arbiter(),
                            create.terms(),
                            OrderState.CREATED,
                            1,
                            0);
            write(id, order);
            step(id, 0, by, OrderState.CREATED, Optional.of(create.terms()), create.note());
            return Parsed.of(id.bytes());
        }

        private static Verdict may(Order before, OrderState next, OrganisationId by) {
            boolean isTheirs =
                    switch (next) {
                        case CREATED -> false;
                        case ACCEPTED, DELIVERED -> by.equals(before.seller());
                        case SETTLED -> by.equals(before.buyer());
                        case DISPUTED -> by.equals(before.buyer()) || by.equals(before.seller());
                        case RESOLVED -> by.equals(before.arbiter());
                    };
            if (!isTheirs) {
                return Verdict.rejected(Fault.NOT_YOURS, by + " cannot make it " + next);
            }
            return before.state().leadsTo(next)
                    ? Verdict.accepted()
                    : Verdict.rejected(
                            Fault.WRONG_STATE, "it is " + before.state() + ", not to be " + next);
        }

        private void proceed(Order before, OrderDeed.Proceed proceed, OrganisationId by) {
            write(proceed.order(), before.stepped(proceed.to()));
            step(
                    proceed.order(),
                    before.steps(),
                    by,
                    proceed.to(),
                    proceed.evidence(),
                    proceed.note());
        }

        private Verdict isAuditor(OrganisationId id) {
            Optional<Organisation> found = organisations.named(id);
            if (found.isEmpty()) {
                return Verdict.rejected(Fault.UNKNOWN_ORGANISATION, id);
            }
            return found.get().role() == Organisation.Role.AUDITOR
                    ? Verdict.accepted()
                    : Verdict.rejected(Fault.WRONG_ROLE, id + " is no auditor");
        }

        private void audit(Digest id, Order before, OrganisationId by, String purpose) {
            write(id, before.audited());
            store.put(
                    Orders.audit(id, before.audits()),
                    OrderAudit.FORMAT.encode(
                            new OrderAudit(by, call.caller(), call.time(), purpose)));
        }

        private void step(
                Digest id,
                int number,
                OrganisationId by,
                OrderState state,
                Optional<Digest> evidence,
                String note) {
            store.put(
                    Orders.step(id, number),
                    OrderStep.FORMAT.encode(
                            new OrderStep(state, by, call.caller(), call.time(), evidence, note)));
        }

        private void write(Digest id, Order order) {
            store.put(Orders.place(id), Order.FORMAT.encode(order));
        }
    }
}
