package org.entente.adapter.own.http;

import org.entente.adapter.Ladder;
import org.entente.adapter.Point;
import org.entente.adapter.Seen;
import org.entente.adapter.Trail;

import java.util.List;
import java.util.Optional;

/// The final points that were followed. They move forward only; once a final block was replaced, it
/// stays broken.
final class Followed {
    private final Object lock = new Object();
    private final Trail trail;

    /// Guarded by the lock.
    private final Ladder ladder;

    private Optional<Seen.FinalityBroken<Void>> broken = Optional.empty();

    Followed(Ladder journaled, Trail trail) {
        this.ladder = journaled;
        this.trail = trail;
    }

    Optional<Point> newest() {
        synchronized (lock) {
            return ladder.top();
        }
    }

    /// The lowest first.
    List<Point> points() {
        synchronized (lock) {
            return ladder.points();
        }
    }

    /// Empty while nothing that was final was replaced.
    <T> Optional<Seen<T>> broken() {
        synchronized (lock) {
            return broken.map(
                    it -> new Seen.FinalityBroken<>(it.followed(), it.found(), it.since()));
        }
    }

    /// Goes on to a point whose chain has what was followed.
    void to(Point next) {
        synchronized (lock) {
            if (ladder.top().isEmpty() || ladder.top().get().height() < next.height()) {
                ladder.climb(next);
                trail.followed(next);
            }
        }
    }

    <T> Seen<T> broke(Point followed, Point found, long since) {
        synchronized (lock) {
            Seen.FinalityBroken<Void> first =
                    broken.orElseGet(() -> new Seen.FinalityBroken<>(followed, found, since));
            if (broken.isEmpty()) {
                broken = Optional.of(first);
                trail.broken(first);
            }
            return new Seen.FinalityBroken<>(first.followed(), first.found(), first.since());
        }
    }
}
