package org.entente.chain.industrial.app;

import org.entente.chain.Action;
import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;

import java.security.SecureRandom;
import java.util.Optional;

/// Each account writes a value of its own, again and again.
record Puts(Bytes value) implements Work {
    private static final int VALUE_SIZE_BYTES = 200;
    private static final int KEY_SIZE_BYTES = 16;

    static Puts random() {
        byte[] random = new byte[VALUE_SIZE_BYTES];
        new SecureRandom().nextBytes(random);
        return new Puts(Bytes.copyOf(random));
    }

    @Override
    public Action next(VerifyingKey account, long nonce) {
        return new Action.Put(account.bytes().slice(0, KEY_SIZE_BYTES), Optional.empty(), value);
    }

    @Override
    public int readings() {
        return 0;
    }
}
