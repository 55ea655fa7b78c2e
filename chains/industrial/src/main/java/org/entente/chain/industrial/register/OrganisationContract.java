package org.entente.chain.industrial.register;

import org.entente.certs.Verifier;
import org.entente.chain.contract.Call;
import org.entente.chain.contract.Contract;
import org.entente.chain.contract.Store;
import org.entente.chain.industrial.contract.Deed;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.util.Optional;

/// The register of organisations (docs/chains/industrial-registers.md §2).
///
/// @param owner of the chain
public record OrganisationContract(VerifyingKey owner, Verifier verifier) implements Contract {
    @Override
    public Name name() {
        return Organisations.REGISTER;
    }

    @Override
    public Parsed<Bytes> call(Call call, Store store) {
        return Deed.told(call, OrganisationDeed.FORMAT, OrganisationDeed.METHODS)
                .then(deed -> new Act(call.caller(), store).perform(deed));
    }

    /// One deed of one account.
    private final class Act {
        private final VerifyingKey by;
        private final Store store;
        private final Organisations organisations;

        private Act(VerifyingKey by, Store store) {
            this.by = by;
            this.store = store;
            this.organisations = new Organisations(Records.of(store));
        }

        private Parsed<Bytes> perform(OrganisationDeed deed) {
            return switch (deed) {
                case OrganisationDeed.Enrol(Organisation it) ->
                        Deed.done(
                                byOwner().and(() -> isNew(it)).and(() -> fits(it)),
                                () -> write(it));
                case OrganisationDeed.Change(Organisation it) ->
                        there(it.id())
                                .then(before ->
                                        Deed.done(
                                                mayChange(before, it).and(() -> fits(it)),
                                                () -> {
                                                    forget(before);
                                                    write(it);
                                                }));
                case OrganisationDeed.Strike(OrganisationId id) ->
                        there(id)
                                .then(before ->
                                        Deed.done(
                                                byOwner(),
                                                () -> {
                                                    forget(before);
                                                    store.delete(Organisations.place(id));
                                                }));
            };
        }

        private Verdict byOwner() {
            return by.equals(owner)
                    ? Verdict.accepted()
                    : Verdict.rejected(Fault.NOT_YOURS, "only the chain's owner does this");
        }

        private Verdict isNew(Organisation organisation) {
            return organisations.named(organisation.id()).isEmpty()
                    ? Verdict.accepted()
                    : Verdict.rejected(
                            Fault.ALREADY_EXISTS, organisation.id() + " belongs already");
        }

        private Parsed<Organisation> there(OrganisationId id) {
            return organisations
                    .named(id)
                    .map(Parsed::of)
                    .orElseGet(() -> Parsed.refused(Fault.UNKNOWN_ORGANISATION, id));
        }

        private Verdict mayChange(Organisation before, Organisation next) {
            if (by.equals(owner)) {
                return Verdict.accepted();
            }
            if (!organisations.speaks(by, before.id())) {
                return Verdict.rejected(
                        Fault.NOT_YOURS, "only " + before.id() + " and the chain's owner do this");
            }
            return before.role() == next.role()
                    ? Verdict.accepted()
                    : Verdict.rejected(Fault.NOT_YOURS, "only the chain's owner gives a role");
        }

        /// An account speaks for one organisation, or it could not be told for which.
        private Verdict fits(Organisation organisation) {
            for (VerifyingKey account : organisation.accounts()) {
                Optional<OrganisationId> other = organisations.of(account);
                if (other.isPresent() && !other.get().equals(organisation.id())) {
                    return Verdict.rejected(
                            Fault.ALREADY_EXISTS, account + " is an account of " + other.get());
                }
            }
            store.spend(organisation.authorities().size() * 3L * Deed.VERIFY_STEPS);
            return organisation.check(verifier);
        }

        private void forget(Organisation organisation) {
            organisation.accounts().forEach(each -> store.delete(Organisations.place(each)));
        }

        private void write(Organisation organisation) {
            store.put(
                    Organisations.place(organisation.id()),
                    Organisation.FORMAT.encode(organisation));
            organisation
                    .accounts()
                    .forEach(each ->
                            store.put(
                                    Organisations.place(each),
                                    Bytes.utf8(organisation.id().domain())));
        }
    }
}
