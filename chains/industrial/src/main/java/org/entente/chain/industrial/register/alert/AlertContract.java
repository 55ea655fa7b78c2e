package org.entente.chain.industrial.register.alert;

import org.entente.chain.contract.Call;
import org.entente.chain.contract.Contract;
import org.entente.chain.contract.Store;
import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.register.Records;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;

import java.util.Optional;

/// The register of subscriptions (docs/chains/industrial-registers.md §6.3).
public record AlertContract() implements Contract {
    @Override
    public Name name() {
        return Subscriptions.REGISTER;
    }

    @Override
    public Parsed<Bytes> call(Call call, Store store) {
        return Deed.told(call, AlertDeed.FORMAT, AlertDeed.METHODS)
                .then(deed ->
                        switch (deed) {
                            case AlertDeed.Subscribe subscribe -> subscribe(subscribe, call, store);
                            case AlertDeed.Unsubscribe(Digest id) -> unsubscribe(id, call, store);
                        });
    }

    private static Parsed<Bytes> subscribe(AlertDeed.Subscribe subscribe, Call call, Store store) {
        if (!new Subscriptions(Records.of(store)).hasRoom(call.caller())) {
            return Parsed.refused(
                    Fault.QUOTA_SPENT, "an account has " + Subscriptions.COUNT_MAX + " of them");
        }
        Digest id = call.transaction();
        store.put(
                Subscriptions.place(id),
                Subscription.FORMAT.encode(
                        new Subscription(
                                call.caller(), subscribe.filter(), subscribe.from(), call.time())));
        store.put(Subscriptions.of(call.caller()).concat(id.bytes()), Bytes.utf8("1"));
        return Parsed.of(id.bytes());
    }

    private static Parsed<Bytes> unsubscribe(Digest id, Call call, Store store) {
        Optional<Subscription> found = new Subscriptions(Records.of(store)).find(id);
        if (found.isEmpty()) {
            return Parsed.refused(Fault.NOT_FOUND, "no subscription is " + id);
        }
        if (!found.get().by().equals(call.caller())) {
            return Parsed.refused(Fault.NOT_YOURS, "another account subscribed");
        }
        store.delete(Subscriptions.place(id));
        store.delete(Subscriptions.of(call.caller()).concat(id.bytes()));
        return Parsed.of(Bytes.EMPTY);
    }
}
