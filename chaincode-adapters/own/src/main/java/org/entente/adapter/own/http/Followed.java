package org.entente.adapter.own.http;

import org.entente.adapter.Point;
import org.entente.adapter.Seen;

import java.util.Optional;
import java.util.function.Consumer;

/// The final point that was followed last. Moves forward only; once a final block was replaced, it
/// stays broken.
final class Followed {
    private final Object lock = new Object();
    private final Consumer<Point> whenMoved;

    /// Guarded by the lock.
    private Optional<Point> newest;

    private Optional<Seen.FinalityBroken<Void>> broken = Optional.empty();

    Followed(Optional<Point> journaled, Consumer<Point> whenMoved) {
        this.newest = journaled;
        this.whenMoved = whenMoved;
    }

    Optional<Point> newest() {
        synchronized (lock) {
            return newest;
        }
    }

    /// Empty while nothing that was final was replaced.
    <T> Optional<Seen<T>> broken() {
        synchronized (lock) {
            return broken.map(it -> new Seen.FinalityBroken<>(it.followed(), it.found()));
        }
    }

    /// Goes on to a point whose chain has what was followed.
    void to(Point next) {
        synchronized (lock) {
            if (newest.isEmpty() || newest.get().height() < next.height()) {
                newest = Optional.of(next);
                whenMoved.accept(next);
            }
        }
    }

    <T> Seen<T> broke(Point followed, Point found) {
        synchronized (lock) {
            Seen.FinalityBroken<Void> first =
                    broken.orElseGet(() -> new Seen.FinalityBroken<>(followed, found));
            broken = Optional.of(first);
            return new Seen.FinalityBroken<>(first.followed(), first.found());
        }
    }
}
