package org.entente.adapter;

import org.entente.protocol.Verdict;

import java.util.function.Function;

/// What was learned from a chain. Whoever endorses goes on with [Known] alone, abstains at each
/// other and says why.
public sealed interface Seen<T> {
    /// As the chain has it, final.
    record Known<T>(T value) implements Seen<T> {}

    /// The chain has no answer to this question and will have none: no such function, or values
    /// that it cannot work with.
    record Refused<T>(Verdict.Rejected why) implements Seen<T> {}

    /// What sources said does not prove itself, and too few are left that do.
    record Doubted<T>(Verdict.Rejected why) implements Seen<T> {}

    /// Two sources of one chain contradict each other.
    ///
    /// @param why names both and what each said
    record Disputed<T>(String why) implements Seen<T> {}

    /// A block that was final is no longer there (protocol.md §6.8). Lasts until a person decides.
    ///
    /// @param followed what was final
    /// @param found what stands there now
    /// @param since the lowest height whose block may be another: below it, what was followed
    ///   before still stands
    record FinalityBroken<T>(Point followed, Point found, long since) implements Seen<T> {}

    static <T> Seen<T> of(T value) {
        return new Known<>(value);
    }

    default <R> Seen<R> then(Function<? super T, Seen<R>> next) {
        return switch (this) {
            case Known<T>(T value) -> next.apply(value);
            case Refused<T>(Verdict.Rejected why) -> new Refused<>(why);
            case Doubted<T>(Verdict.Rejected why) -> new Doubted<>(why);
            case Disputed<T>(String why) -> new Disputed<>(why);
            case FinalityBroken<T>(Point followed, Point found, long since) ->
                    new FinalityBroken<>(followed, found, since);
        };
    }

    default <R> Seen<R> map(Function<? super T, ? extends R> next) {
        return then(value -> new Known<>(next.apply(value)));
    }
}
