package org.entente.adapter.own.http;

import org.entente.adapter.ChainUnreachable;
import org.entente.adapter.Point;
import org.entente.adapter.Seen;
import org.entente.adapter.own.CertifiedHeader;
import org.entente.adapter.own.Finality;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/// All nodes of a chain that are asked, and what they say together (docs/adapters.md §5.4).
///
/// Final blocks are compared, not keys: what a key holds is proved under a block, so nodes that
/// have one block in common agree on all it holds.
final class Sources implements AutoCloseable {
    private final List<Source> sources;
    private final int agreeing;
    private final Followed followed;

    Sources(List<Source> sources, int agreeing, Followed followed) {
        this.sources = List.copyOf(sources);
        this.agreeing = agreeing;
        this.followed = followed;
    }

    List<Source> list() {
        return sources;
    }

    int agreeing() {
        return agreeing;
    }

    /// Asks all nodes side by side.
    <T> List<Heard<T>> ask(Heard.Asked<T> question) throws InterruptedException {
        List<Callable<Heard<T>>> tasks =
                sources.stream()
                        .<Callable<Heard<T>>>map(source -> () -> Heard.from(source, question))
                        .toList();
        try {
            return Together.all(tasks, sources.size());
        } catch (SourceAway | SourceRefused e) {
            throw new IllegalStateException("a heard answer is no exception", e);
        }
    }

    /// One node's answer as of the newest final block that enough nodes have, or why there is none.
    ///
    /// @param view what of an answer stands under a block
    <T> Seen<T> agreed(
            Heard.Asked<T> question,
            Function<T, Source.View> view,
            Finality finality,
            Deadline deadline)
            throws ChainUnreachable, InterruptedException {
        Optional<Seen<T>> broken = followed.broken();
        if (broken.isPresent()) {
            return broken.get();
        }
        Optional<Point> start = followed.newest();
        List<Heard<T>> heard = ask(question);
        List<Heard.Said<T>> said =
                new ArrayList<>(
                        said(heard).stream()
                                .sorted(
                                        Comparator.<Heard.Said<T>>comparingLong(
                                                        it -> view.apply(it.value()).height())
                                                .reversed())
                                .toList());
        long least = start.map(Point::height).orElse(0L);
        long counting =
                said.stream().filter(it -> view.apply(it.value()).height() >= least).count();
        if (counting < agreeing) {
            return tooFew(heard);
        }
        Heard.Said<T> chosen = said.get(agreeing - 1);
        try {
            for (Heard.Said<T> other : said) {
                boolean needed = said.indexOf(other) < agreeing;
                Optional<String> dispute =
                        dispute(
                                new Side(chosen.source(), view.apply(chosen.value())),
                                new Side(other.source(), view.apply(other.value())),
                                needed,
                                finality,
                                deadline);
                if (dispute.isPresent()) {
                    return new Seen.Disputed<>(dispute.get());
                }
            }
            return follow(
                    chosen, view.apply(chosen.value()).certified(), start, finality, deadline);
        } catch (SourceAway e) {
            throw new ChainUnreachable(String.valueOf(e.getMessage()), e);
        } catch (SourceRefused e) {
            return new Seen.Doubted<>(e.why());
        }
    }

    static <T> List<Heard.Said<T>> said(List<Heard<T>> heard) {
        List<Heard.Said<T>> said = new ArrayList<>();
        for (Heard<T> each : heard) {
            if (each instanceof Heard.Said<T> one) {
                said.add(one);
            }
        }
        return said;
    }

    /// What it means that too few nodes said something.
    <T, R> Seen<R> tooFew(List<Heard<T>> heard) throws ChainUnreachable {
        List<Verdict.Rejected> refusals = new ArrayList<>();
        List<Verdict.Rejected> doubts = new ArrayList<>();
        for (Heard<T> each : heard) {
            switch (each) {
                case Heard.NoAnswer<T>(_, Verdict.Rejected why) -> refusals.add(why);
                case Heard.Doubtful<T>(_, Verdict.Rejected why) -> doubts.add(why);
                case Heard.Said<T> _, Heard.Away<T> _ -> {}
            }
        }
        if (refusals.size() >= agreeing) {
            return new Seen.Refused<>(refusals.getFirst());
        }
        if (!doubts.isEmpty()) {
            return new Seen.Doubted<>(doubts.getFirst());
        }
        throw new ChainUnreachable(
                "fewer than " + agreeing + " nodes answer: " + Heard.words(heard));
    }

    private record Side(Source source, Source.View view) {}

    /// Whether the node that is further on has the other's block.
    ///
    /// @param needed whether its word is counted: if so, it must be known
    private static Optional<String> dispute(
            Side one, Side other, boolean needed, Finality finality, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        if (one.source.equals(other.source)) {
            return Optional.empty();
        }
        boolean isFurther = one.view.height() >= other.view.height();
        Side higher = isFurther ? one : other;
        Side lower = isFurther ? other : one;
        CertifiedHeader expected = lower.view.certified();
        Optional<CertifiedHeader> found;
        try {
            found = at(higher, expected.header().height(), finality, deadline);
        } catch (SourceAway | SourceRefused e) {
            if (needed) {
                throw e;
            }
            return Optional.empty();
        }
        boolean same = found.map(it -> it.header().equals(expected.header())).orElse(false);
        return same
                ? Optional.empty()
                : Optional.of(
                        lower.source.address()
                                + " has "
                                + expected.header().point()
                                + ", "
                                + higher.source.address()
                                + " has "
                                + found.map(it -> it.header().point().toString())
                                        .orElse("none of that height"));
    }

    private static Optional<CertifiedHeader> at(
            Side side, long height, Finality finality, Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        return side.view.height() == height
                ? Optional.of(side.view.certified())
                : side.source.header(height, finality, deadline);
    }

    /// Goes on to a block that has the one behind it that was followed before.
    private <T> Seen<T> follow(
            Heard.Said<T> chosen,
            CertifiedHeader next,
            Optional<Point> start,
            Finality finality,
            Deadline deadline)
            throws SourceAway, SourceRefused, InterruptedException {
        Point reached = next.header().point();
        if (start.isPresent()) {
            Point before = start.get();
            Point found = reached;
            if (reached.height() == before.height() + 1) {
                found = new Point(before.height(), next.header().previous().bytes());
            } else if (reached.height() > before.height()) {
                Source source = chosen.source();
                found =
                        source.header(before.height(), finality, deadline)
                                .orElseThrow(() ->
                                        source.doubt(
                                                Fault.BAD_PROOF,
                                                "it has no header " + before.height()))
                                .header()
                                .point();
            }
            if (!found.equals(before)) {
                return followed.broke(before, found);
            }
        }
        followed.to(reached);
        return Seen.of(chosen.value());
    }

    @Override
    public void close() {
        sources.forEach(Source::close);
    }
}
