package org.entente.chain.industrial.register.alert;

import org.entente.chain.Action;
import org.entente.chain.Receipt;
import org.entente.chain.Transaction;
import org.entente.chain.industrial.register.Organisation;
import org.entente.chain.industrial.register.OrganisationDeed;
import org.entente.chain.industrial.register.Organisations;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.Optional;
import java.util.TreeMap;

/// Which organisation an account speaks for; tells nothing itself.
final class AccountRule implements Rule {
    private final TreeMap<VerifyingKey, OrganisationId> accounts = new TreeMap<>();

    Optional<OrganisationId> organisation(VerifyingKey account) {
        return Optional.ofNullable(accounts.get(account));
    }

    @Override
    public boolean on(Transaction transaction, Receipt receipt, Heard heard) {
        if (transaction.action() instanceof Action.Call call
                && receipt.status() == Receipt.Status.DONE
                && call.contract().equals(Organisations.REGISTER)) {
            organised(OrganisationDeed.FORMAT.decode(call.arguments()).orThrow());
        }
        return false;
    }

    private void organised(OrganisationDeed deed) {
        switch (deed) {
            case OrganisationDeed.Enrol(Organisation it) -> organised(it);
            case OrganisationDeed.Change(Organisation it) -> organised(it);
            case OrganisationDeed.Strike(OrganisationId id) ->
                    accounts.values().removeIf(id::equals);
        }
    }

    private void organised(Organisation organisation) {
        accounts.values().removeIf(organisation.id()::equals);
        organisation.accounts().forEach(each -> accounts.put(each, organisation.id()));
    }

    @Override
    public void end(Heard heard) {}

    @Override
    public void write(Encoder encoder) {
        encoder.list(
                accounts.entrySet(),
                (each, it) -> each.key(it.getKey()).organisation(it.getValue()));
    }

    static AccountRule read(Decoder decoder) {
        AccountRule rule = new AccountRule();
        rule.accounts.putAll(Lookout.map(decoder, "accounts", Decoder::key, Decoder::organisation));
        return rule;
    }
}
