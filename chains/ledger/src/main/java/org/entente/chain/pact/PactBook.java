package org.entente.chain.pact;

import org.entente.chain.Effect;
import org.entente.chain.Pact;
import org.entente.chain.Whole;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.exchange.Version;

import java.time.Instant;
import java.util.Optional;

/// Writes what becomes of pacts into a draft, which is dropped where it refuses (docs/ledger.md
/// §11).
///
/// @param position where the chain does it
public record PactBook(Draft draft, Position position) {
    static final int PER_OWNER_MAX = 128;

    /// How a pact ends when it is fulfilled.
    public enum End implements Coded {
        DONE(1),
        /// Its time was over: nothing was done.
        LAPSED(2);

        private final int code;

        End(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    public Verdict agree(Digest id, VerifyingKey owner, Pact pact, Instant time) {
        if (!pact.until().isAfter(time)) {
            return Verdict.rejected(
                    Fault.REQUEST_EXPIRED, "until " + pact.until() + ", the block is of " + time);
        }
        Pacts.Count count = pacts().count(owner);
        if (count.all() >= Pacts.COUNT_MAX || count.own() >= PER_OWNER_MAX) {
            return Verdict.rejected(
                    Fault.OVERLOADED,
                    "%d pacts stand, %d of this account; %d and %d may"
                            .formatted(count.all(), count.own(), Pacts.COUNT_MAX, PER_OWNER_MAX));
        }
        draft.put(
                StateKey.pact(id),
                version(),
                Pact.Standing.FORMAT.encode(new Pact.Standing(owner, pact)));
        return Verdict.accepted();
    }

    /// @param time of the block
    public Parsed<End> fulfil(Digest id, Instant time) {
        return find(id).then(standing -> {
            Pact pact = standing.pact();
            if (!time.isBefore(pact.until())) {
                end(id);
                return Parsed.of(End.LAPSED);
            }
            Verdict verdict = pacts().hold(pact.clauses(), time);
            for (Effect effect : pact.effects()) {
                verdict = verdict.and(() -> perform(effect));
            }
            if (verdict instanceof Verdict.Rejected why) {
                return new Parsed.Refused<>(why);
            }
            end(id);
            return Parsed.of(End.DONE);
        });
    }

    public Verdict withdraw(Digest id, VerifyingKey by) {
        return find(id).then(
                        standing -> {
                            if (!standing.owner().equals(by)) {
                                return Parsed.<Pact.Standing>refused(
                                        Fault.NOT_YOURS,
                                        "the pact is of the account " + standing.owner());
                            }
                            end(id);
                            return Parsed.of(standing);
                        })
                .verdict();
    }

    private Parsed<Pact.Standing> find(Digest id) {
        return pacts().find(id)
                .map(Parsed::of)
                .orElseGet(() -> Parsed.refused(Fault.NOT_FOUND, "no pact stands as " + id));
    }

    private Verdict perform(Effect effect) {
        return switch (effect) {
            case Effect.Put(Bytes key, Bytes value) -> put(key, value);
            case Effect.Delete(Bytes key) -> delete(StateKey.own(key));
            case Effect.Add(Bytes key, Whole amount) -> add(key, amount);
        };
    }

    private Verdict put(Bytes key, Bytes value) {
        draft.put(StateKey.own(key), version(), value);
        return Verdict.accepted();
    }

    private Verdict delete(StateKey key) {
        if (draft.value(key).isEmpty()) {
            return unmet("no value has the key", key.key());
        }
        draft.delete(key, version());
        return Verdict.accepted();
    }

    private Verdict add(Bytes key, Whole amount) {
        Optional<Bytes> value = draft.value(StateKey.own(key));
        Optional<Whole> before =
                value.isEmpty() ? Optional.of(new Whole(0)) : Whole.of(value.get());
        Optional<Whole> after = before.flatMap(it -> it.plus(amount));
        return after.isPresent()
                ? put(key, after.get().value())
                : unmet("no whole number, or too great a sum, has the key", key);
    }

    private static Verdict unmet(String why, Bytes key) {
        return Verdict.rejected(Fault.PACT_UNMET, why + " " + key);
    }

    private void end(Digest id) {
        draft.delete(StateKey.pact(id), version());
    }

    private Version.Present version() {
        return position.version();
    }

    private Pacts pacts() {
        return new Pacts(draft);
    }
}
