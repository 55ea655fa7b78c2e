package org.entente.chain.execution;

import org.entente.chain.state.Area;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.Reading;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Who may send transactions, and how many of its transactions were included.
///
/// @param nonce of its next transaction; kept when it is expelled, so that nothing it signed before
///   can be played again when it comes back
public record Account(VerifyingKey key, long nonce, Standing standing) {
    private static final int SIZE_BYTES = 9;

    /// Where accounts stand that were asked for last: each transaction's account is asked for a
    /// dozen times on its way into a block. Two threads at once lose a memory and never make one.
    private static final @Nullable StateKey[] PLACES = new StateKey[1 << 14];

    /// Whether it may send.
    public enum Standing {
        ADMITTED,
        EXPELLED
    }

    public static Optional<Account> find(Reading state, VerifyingKey key) {
        return state.value(place(key)).map(value -> of(key, value));
    }

    /// Where an account stands in the state.
    public static StateKey place(VerifyingKey key) {
        int at = key.hashCode() & (PLACES.length - 1);
        StateKey known = PLACES[at];
        if (known == null || !known.key().equals(key.bytes())) {
            known = new StateKey(Area.ACCOUNT, "", key.bytes());
            PLACES[at] = known;
        }
        return known;
    }

    private static Account of(VerifyingKey key, Bytes value) {
        return new Account(
                key,
                value.asBuffer().getLong(),
                value.at(SIZE_BYTES - 1) == 1 ? Standing.ADMITTED : Standing.EXPELLED);
    }

    /// Lets a key send, if it never could; the word of a consensus.
    public static void admit(VerifyingKey key, Draft draft, Position position) {
        if (find(draft, key).isEmpty()) {
            new Account(key, 0, Standing.ADMITTED).write(draft, position);
        }
    }

    Account used() {
        return new Account(key, nonce + 1, standing);
    }

    Account with(Standing next) {
        return new Account(key, nonce, next);
    }

    void write(Draft draft, Position position) {
        byte standingByte = (byte) (standing == Standing.ADMITTED ? 1 : 2);
        draft.put(
                place(key),
                position.version(),
                Bytes.copyOf(
                        ByteBuffer.allocate(SIZE_BYTES).putLong(nonce).put(standingByte).array()));
    }
}
