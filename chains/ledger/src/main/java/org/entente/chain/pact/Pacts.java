package org.entente.chain.pact;

import org.entente.chain.Clause;
import org.entente.chain.Pact;
import org.entente.chain.Whole;
import org.entente.chain.state.Area;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Item;
import org.entente.chain.state.Position;
import org.entente.chain.state.Reading;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The pacts that a state has, and what they wait for.
public record Pacts(Reading state) {
    public static final int COUNT_MAX = 1_024;
    private static final Position ANYWHERE = new Position(0, 0);

    public Optional<Pact.Standing> find(Digest id) {
        return state.value(StateKey.pact(id)).map(Pacts::read);
    }

    /// The ids of all that stand, ascending.
    public List<Digest> ids() {
        return items().stream().map(item -> new Digest(item.key().key())).toList();
    }

    /// How many stand, and how many of them are of one account.
    Count count(VerifyingKey owner) {
        List<Item> items = items();
        long own =
                items.stream()
                        .map(item -> item.value().orElseThrow())
                        .filter(value -> Pact.Standing.isOwnedBy(value, owner))
                        .count();
        return new Count(items.size(), own);
    }

    record Count(long all, long own) {}

    private List<Item> items() {
        return state.under(Area.PACT, "", Bytes.EMPTY, COUNT_MAX);
    }

    private static Pact.Standing read(Bytes value) {
        return Pact.Standing.FORMAT.decode(value).orThrow();
    }

    /// Whether a pact would come to its end in a block of this time that follows on this state: it
    /// has lapsed, or all holds that it waits for and all can be done that it does.
    public Verdict ripe(Digest id, Instant time) {
        return new PactBook(new Draft(state), ANYWHERE).fulfil(id, time).verdict();
    }

    /// Whether all clauses hold in a block of this time; else the first that does not.
    Verdict hold(List<Clause> clauses, Instant time) {
        for (int index = 0; index < clauses.size(); index++) {
            if (!holds(clauses.get(index), time)) {
                return Verdict.rejected(
                        Fault.PACT_UNMET, "clause " + index + " does not hold at " + time);
            }
        }
        return Verdict.accepted();
    }

    public boolean holds(Clause clause, Instant time) {
        return switch (clause) {
            case Clause.Holds(Clause.Where where, Bytes value) -> is(where, value::equals);
            case Clause.Exists(Clause.Where where) -> is(where, _ -> true);
            case Clause.Absent(Clause.Where where) -> !is(where, _ -> true);
            case Clause.AtLeast(Clause.Where where, Whole least) ->
                    is(where, value -> number(value, it -> it >= least.number()));
            case Clause.AtMost(Clause.Where where, Whole most) ->
                    is(where, value -> number(value, it -> it <= most.number()));
            case Clause.Since(Instant from) -> !time.isBefore(from);
        };
    }

    private boolean is(Clause.Where where, Predicate<Bytes> condition) {
        StateKey key =
                where.inbox().isEmpty()
                        ? StateKey.own(where.key())
                        : StateKey.delivered(where.inbox(), where.key());
        return state.value(key).filter(condition).isPresent();
    }

    private static boolean number(Bytes value, Predicate<Long> condition) {
        return Whole.of(value).map(Whole::number).filter(condition).isPresent();
    }
}
