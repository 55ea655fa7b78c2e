package org.entente.adapter.own.http;

import org.entente.adapter.ChainUnreachable;
import org.entente.adapter.Point;
import org.entente.adapter.Seen;
import org.entente.adapter.own.Finality;
import org.entente.protocol.Bytes;
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
        if (sources.size() == 1) {
            return List.of(Heard.from(sources.getFirst(), question));
        }
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
        List<Heard<T>> heard = new ArrayList<>(ask(question));
        List<Side<T>> sides =
                new ArrayList<>(
                        said(heard).stream()
                                .map(it -> new Side<>(it.source(), it.value(), view))
                                .sorted(Comparator.<Side<T>>comparingLong(Side::height).reversed())
                                .toList());
        long least = start.map(Point::height).orElse(0L);
        while (sides.stream().filter(side -> side.height() >= least).count() >= agreeing) {
            Side<T> chosen = sides.get(agreeing - 1);
            switch (judged(chosen, sides, start, finality, deadline)) {
                case Judged.Sound<T>() -> {
                    followed.to(chosen.point());
                    return Seen.of(chosen.answer());
                }
                case Judged.Contradicted<T>(Seen<T> how) -> {
                    return how;
                }
                case Judged.Silent<T>(Side<T> side, Heard<T> why) -> {
                    sides.remove(side);
                    heard.add(why);
                }
            }
        }
        return tooFew(heard);
    }

    /// One node's answer and the block that it stands under.
    private record Side<T>(Source source, T answer, Source.View view) {
        Side(Source source, T answer, Function<T, Source.View> view) {
            this(source, answer, view.apply(answer));
        }

        long height() {
            return view.height();
        }

        Point point() {
            return view.certified().header().point();
        }
    }

    /// What becomes of an answer when it is held against the others and against what was followed.
    private sealed interface Judged<T> {
        record Sound<T>() implements Judged<T> {}

        record Contradicted<T>(Seen<T> how) implements Judged<T> {}

        /// A node does not show a block that it must have: without it the others are asked again.
        record Silent<T>(Side<T> side, Heard<T> why) implements Judged<T> {}
    }

    private <T> Judged<T> judged(
            Side<T> chosen,
            List<Side<T>> sides,
            Optional<Point> start,
            Finality finality,
            Deadline deadline)
            throws InterruptedException {
        for (Side<T> other : sides) {
            Side<T> higher = chosen.height() >= other.height() ? chosen : other;
            Side<T> lower = chosen.height() >= other.height() ? other : chosen;
            switch (shown(higher, lower.height(), finality, deadline)) {
                case Heard.Said<Point>(_, Point found) when found.equals(lower.point()) -> {}
                case Heard.Said<Point>(_, Point found) -> {
                    String words =
                            "%s has %s, %s has %s"
                                    .formatted(
                                            lower.source.address(),
                                            lower.point(),
                                            higher.source.address(),
                                            found);
                    return new Judged.Contradicted<>(new Seen.Disputed<>(words));
                }
                case Heard<Point> why -> {
                    return new Judged.Silent<>(higher, why.none());
                }
            }
        }
        if (start.isEmpty()) {
            return new Judged.Sound<>();
        }
        return switch (shown(chosen, start.get().height(), finality, deadline)) {
            case Heard.Said<Point>(_, Point found) ->
                    found.equals(start.get())
                            ? new Judged.Sound<>()
                            : new Judged.Contradicted<>(
                                    followed.broke(
                                            start.get(),
                                            found,
                                            since(chosen, start.get(), finality, deadline)));
            case Heard<Point> why -> new Judged.Silent<>(chosen, why.none());
        };
    }

    /// From which height on blocks may be others. What the node does not show counts as lost.
    private long since(Side<?> side, Point lost, Finality finality, Deadline deadline)
            throws InterruptedException {
        List<Point> points =
                followed.points().stream().filter(it -> it.height() < lost.height()).toList();
        int holding = 0;
        int end = points.size();
        while (holding < end) {
            int middle = (holding + end) >>> 1;
            Point point = points.get(middle);
            boolean holds =
                    shown(side, point.height(), finality, deadline)
                                    instanceof Heard.Said<Point>(_, Point found)
                            && found.equals(point);
            if (holds) {
                holding = middle + 1;
            } else {
                end = middle;
            }
        }
        return holding == 0 ? 0 : points.get(holding - 1).height() + 1;
    }

    /// Which block a node has at a height, its own or one before.
    private static Heard<Point> shown(
            Side<?> side, long height, Finality finality, Deadline deadline)
            throws InterruptedException {
        if (side.height() == height) {
            return new Heard.Said<>(side.source, side.point());
        }
        if (side.height() == height + 1) {
            Bytes previous = side.view.certified().header().previous().bytes();
            return new Heard.Said<>(side.source, new Point(height, previous));
        }
        return Heard.from(
                side.source,
                source ->
                        source.header(height, finality, deadline)
                                .orElseThrow(() ->
                                        source.doubt(Fault.BAD_PROOF, "it has no header " + height))
                                .header()
                                .point());
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

    @Override
    public void close() {
        sources.forEach(Source::close);
    }
}
