package org.entente.chain.industrial.register.alert;

import org.entente.chain.industrial.register.Records;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.VerifyingKey;

import java.util.Optional;

/// Who subscribed to what. Its keys, of the contract `alert`, are `subscription/` ‖ id and
/// `account/` ‖ key ‖ id, so that an account's are counted.
public record Subscriptions(Records records) {
    public static final Name REGISTER = new Name("alert");
    public static final int COUNT_MAX = 16;

    public static Bytes place(Digest id) {
        return Bytes.utf8("subscription/").concat(id.bytes());
    }

    static Bytes of(VerifyingKey account) {
        return Bytes.utf8("account/").concat(account.bytes());
    }

    public Optional<Subscription> find(Digest id) {
        return records.find(REGISTER, place(id), Subscription.FORMAT);
    }

    boolean hasRoom(VerifyingKey account) {
        return records.under(REGISTER, of(account), COUNT_MAX).size() < COUNT_MAX;
    }
}
