package org.entente.protocol;

import java.util.function.Function;

/// What reading something from outside gives: the value, or why there is none.
public sealed interface Parsed<T> {
    record Value<T>(T value) implements Parsed<T> {}

    record Refused<T>(Verdict.Rejected why) implements Parsed<T> {}

    static <T> Parsed<T> of(T value) {
        return new Value<>(value);
    }

    static <T> Parsed<T> refused(Fault fault, Object detail) {
        return new Refused<>(Verdict.rejected(fault, detail));
    }

    default <R> Parsed<R> then(Function<? super T, Parsed<R>> next) {
        return switch (this) {
            case Value<T>(T value) -> next.apply(value);
            case Refused<T>(Verdict.Rejected why) -> new Refused<>(why);
        };
    }

    default <R> Parsed<R> map(Function<? super T, ? extends R> next) {
        return then(value -> new Value<>(next.apply(value)));
    }

    default Verdict verdict() {
        return switch (this) {
            case Value<T> _ -> Verdict.accepted();
            case Refused<T>(Verdict.Rejected why) -> why;
        };
    }

    /// For values that we made or checked ourselves: a refusal here is our own mistake.
    default T orThrow() {
        return switch (this) {
            case Value<T>(T value) -> value;
            case Refused<T>(Verdict.Rejected why) ->
                    throw new IllegalStateException(why.toString());
        };
    }
}
