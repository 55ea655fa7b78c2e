package org.entente.chain.industrial.worker;

import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.Filter;
import org.entente.chain.industrial.store.AlertFile;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What there is to hear of, numbered from 1 in the order of the blocks; on every node the same
/// (docs/chains/industrial-registers.md §6.4). The newest are kept; any thread may ask.
public final class AlertBook {
    public static final int COUNT_MAX = AlertFile.COUNT_MAX;

    /// Of how many a page is looked for at most, so that a filter that lets nothing through costs
    /// no more than one that does.
    static final int LOOKED_MAX = 4_096;

    /// Guarded by this.
    private final ArrayDeque<Alert> kept;

    private long first;
    private long height;
    private boolean closed;

    AlertBook() {
        this(0, 1, List.of());
    }

    /// With what was kept before.
    ///
    /// @param first the number of the first
    AlertBook(long height, long first, List<Alert> alerts) {
        this.height = height;
        this.first = first;
        this.kept = new ArrayDeque<>(alerts);
    }

    /// One, and its number.
    public record Numbered(long number, Alert alert) {}

    /// @param next the number of the last one that was looked at: what comes behind it is asked for
    ///   next
    /// @param height of the last block that was looked at
    public record Page(List<Numbered> alerts, long next, long height) {
        public Page {
            alerts = List.copyOf(alerts);
        }
    }

    /// All that are kept.
    record All(long first, List<Alert> alerts) {
        All {
            alerts = List.copyOf(alerts);
        }
    }

    synchronized All all() {
        return new All(first, List.copyOf(kept));
    }

    synchronized void add(long height, List<Alert> alerts) {
        this.height = height;
        for (Alert alert : alerts) {
            kept.add(alert);
            if (kept.size() > COUNT_MAX) {
                kept.remove();
                first++;
            }
        }
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    /// The number of the oldest that is kept.
    public synchronized long first() {
        return first;
    }

    /// The number of what comes next.
    public synchronized long next() {
        return first + kept.size();
    }

    /// What a filter lets through behind a number, at most so many.
    ///
    /// @param from the height of the first block that counts
    public synchronized Page page(long after, Filter filter, long from, int countMax) {
        List<Numbered> found = new ArrayList<>();
        long number = Math.max(after, first - 1);
        long last = Math.min(next() - 1, number + LOOKED_MAX);
        Iterator<Alert> alerts = kept.stream().skip(number - first + 1).iterator();
        while (number < last && found.size() < countMax) {
            number++;
            Alert alert = alerts.next();
            if (alert.place().height() >= from && filter.passes(alert)) {
                found.add(new Numbered(number, alert));
            }
        }
        return new Page(found, number, height);
    }

    /// Waits until there is one behind a number, or the time is over, or nothing more comes.
    public synchronized void await(long after, Duration timeMax) throws InterruptedException {
        long end = System.nanoTime() + timeMax.toNanos();
        while (!closed && next() <= after + 1) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            wait(Math.max(1, Duration.ofNanos(left).toMillis()));
        }
    }

    /// One of a number, when it has come and is still kept.
    public synchronized Optional<Alert> find(long number) {
        return number < first || number >= next()
                ? Optional.empty()
                : kept.stream().skip(number - first).findFirst();
    }
}
