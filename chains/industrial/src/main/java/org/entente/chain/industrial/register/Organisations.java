package org.entente.chain.industrial.register;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;

import java.util.Optional;

/// Who belongs, and whose account a key is. Its keys are `organisation/` ‖ domain and `account/` ‖
/// key, of the contract `organisation`.
public record Organisations(Records records) {
    public static final Name REGISTER = new Name("organisation");

    public static Bytes place(OrganisationId organisation) {
        return Bytes.utf8("organisation/" + organisation);
    }

    public static Bytes place(VerifyingKey account) {
        return Bytes.utf8("account/").concat(account.bytes());
    }

    public Optional<Organisation> named(OrganisationId id) {
        return records.find(REGISTER, place(id), Organisation.FORMAT);
    }

    public Optional<OrganisationId> of(VerifyingKey account) {
        return records.find(REGISTER, place(account))
                .map(domain -> new OrganisationId(domain.asUtf8()));
    }

    public boolean speaks(VerifyingKey account, OrganisationId organisation) {
        return of(account).equals(Optional.of(organisation));
    }

    /// Whose account calls.
    public Parsed<OrganisationId> caller(VerifyingKey account) {
        return of(account)
                .map(Parsed::of)
                .orElseGet(() ->
                        Parsed.refused(
                                Fault.NOT_A_PARTY, "no organisation has the account " + account));
    }
}
