package org.entente.adapter.own.http;

import org.entente.protocol.Verdict;

import java.util.List;

/// What one node's part of an answer came to.
sealed interface Heard<T> {
    Source source();

    record Said<T>(Source source, T value) implements Heard<T> {}

    record NoAnswer<T>(Source source, Verdict.Rejected why) implements Heard<T> {}

    record Doubtful<T>(Source source, Verdict.Rejected why) implements Heard<T> {}

    record Away<T>(Source source, String why, SourceAway.Reach reach) implements Heard<T> {}

    /// The same for whoever waited for another kind of answer; only of what is none.
    default <R> Heard<R> none() {
        return switch (this) {
            case Said<T> _ -> throw new IllegalStateException("this is an answer: " + this);
            case NoAnswer<T>(Source source, Verdict.Rejected why) -> new NoAnswer<>(source, why);
            case Doubtful<T>(Source source, Verdict.Rejected why) -> new Doubtful<>(source, why);
            case Away<T>(Source source, String why, SourceAway.Reach reach) ->
                    new Away<>(source, why, reach);
        };
    }

    /// What a node is asked.
    @FunctionalInterface
    interface Asked<T> {
        T ask(Source source) throws SourceAway, SourceRefused, InterruptedException;
    }

    static <T> Heard<T> from(Source source, Asked<T> question) throws InterruptedException {
        try {
            return new Said<>(source, question.ask(source));
        } catch (SourceAway e) {
            return new Away<>(source, String.valueOf(e.getMessage()), e.reach());
        } catch (SourceRefused e) {
            return switch (e.kind()) {
                case NO_ANSWER -> new NoAnswer<>(source, e.why());
                case DOUBT -> new Doubtful<>(source, e.why());
            };
        }
    }

    /// Why there are too few answers, of each node that gave none.
    static String words(List<? extends Heard<?>> heard) {
        return String.join(
                "; ",
                heard.stream()
                        .map(each ->
                                switch (each) {
                                    case Said<?>(Source source, _) ->
                                            source.address() + " is behind";
                                    case NoAnswer<?>(Source source, Verdict.Rejected why) ->
                                            source.address() + ": " + why;
                                    case Doubtful<?>(_, Verdict.Rejected why) -> why.toString();
                                    case Away<?>(_, String why, _) -> why;
                                })
                        .toList());
    }
}
