package org.entente.relay.worker;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.AllianceId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.log.EntryKind;
import org.entente.registry.journal.EntryRow;
import org.entente.registry.journal.LogFold;
import org.entente.registry.journal.LogSummary;
import org.entente.registry.journal.RegistryView;
import org.entente.registry.journal.ViewDamaged;
import org.entente.registry.journal.ViewPlace;
import org.entente.relay.Books;
import org.entente.relay.log.Log;
import org.entente.runtime.metrics.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Brings the database view after what was recorded, on a thread of its own (docs/view.md §4).
///
/// Only the newest books wait, so recording never waits for the view. When the view fails, nothing
/// else does: it is closed, opened again, and made anew when it is damaged.
public final class ViewFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ViewFollower.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration CLOSE_TIME_MAX = Duration.ofSeconds(10);

    private final ViewPlace place;
    private final Logs logs;
    private final Duration retryDelay;
    private final Thread thread;

    /// The newest books that the view does not have yet; one thread at a time offers.
    private final BlockingQueue<Books> waiting = new ArrayBlockingQueue<>(1);

    private volatile Optional<RegistryView> view = Optional.empty();
    private volatile Health.Answer health = Health.Answer.down("not brought forward yet");
    private volatile boolean stopping;

    /// @param retryDelay between a failure and the next attempt
    public ViewFollower(ViewPlace place, Logs logs, Duration retryDelay) {
        this.place = place;
        this.logs = logs;
        this.retryDelay = retryDelay;
        this.thread = Thread.ofPlatform().name("view").start(this::work);
    }

    /// Returns at once. What is older than what the view has changes nothing in it.
    public synchronized void changed(Books books) {
        waiting.clear();
        waiting.add(books);
    }

    /// Empty while the view cannot be used.
    public Optional<RegistryView> view() {
        return view;
    }

    /// How far the view is with each log; empty while it cannot be used.
    public SortedMap<String, LogSummary> summaries() {
        try {
            return view.isPresent() ? view.get().summaries() : Sorted.empty();
        } catch (SQLException | ViewDamaged e) {
            LOG.atWarn().setCause(e).log("the view cannot be read");
            return Sorted.empty();
        }
    }

    public Health.Answer look() {
        return health;
    }

    private void work() {
        Optional<Books> unseen = Optional.empty();
        try {
            while (!stopping) {
                Books newest = waiting.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
                unseen = newest == null ? unseen : Optional.of(newest);
                if (unseen.isPresent() && follow(unseen.get())) {
                    unseen = Optional.empty();
                } else if (unseen.isPresent()) {
                    pause();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drop();
        }
    }

    /// Whether the view is now as far as the books.
    private boolean follow(Books books) {
        SortedMap<String, LogFold> folds = folds(books);
        try {
            if (view.isPresent()) {
                view.get().bring(folds);
            } else {
                view = Optional.of(RegistryView.open(place, folds, this::entry));
            }
            health = Health.Answer.up("as far as " + books.registry().size() + " changes");
            return true;
        } catch (SQLException | IOException | ViewDamaged | RuntimeException e) {
            LOG.atWarn().setCause(e).log("the view fails; it is opened again");
            health = Health.Answer.down("it failed and is opened again: " + e.getMessage());
            drop();
            return false;
        }
    }

    private void pause() throws InterruptedException {
        long until = System.nanoTime() + retryDelay.toNanos();
        while (!stopping && System.nanoTime() - until < 0) {
            Thread.sleep(POLL);
        }
    }

    private void drop() {
        Optional<RegistryView> dropped = view;
        view = Optional.empty();
        dropped.ifPresent(RegistryView::close);
    }

    private EntryRow entry(String name, long serial) throws IOException {
        Log log = logs.named(name).orElseThrow(() -> new IOException("no log is named " + name));
        if (name.equals(LogFold.REGISTRY)) {
            return EntryRow.of(name, Replay.entry(name, log, serial));
        }
        EntryRecord record = Replay.record(name, log, serial);
        return switch (record.entry().kind()) {
            case CHANGE -> EntryRow.of(name, Replay.entry(name, log, serial));
            case EXCHANGE, CANCEL, SETTLED ->
                    EntryRow.of(AllianceId.fromHex(name), record.entry(), organisation(record));
        };
    }

    private static Optional<OrganisationId> organisation(EntryRecord record) throws IOException {
        if (record.entry().kind() != EntryKind.EXCHANGE) {
            return Optional.empty();
        }
        return switch (Sequence.FORMAT.decode(record.content())) {
            case Parsed.Refused<Sequence>(Verdict.Rejected why) ->
                    throw new IOException("serial " + record.entry().serial() + ": " + why);
            case Parsed.Value<Sequence>(Sequence sequence) ->
                    Optional.of(sequence.ask().request().organisation());
        };
    }

    private static SortedMap<String, LogFold> folds(Books books) {
        SortedMap<String, LogFold> folds =
                Sorted.with(Sorted.empty(), LogFold.REGISTRY, LogFold.of(books.registry()));
        for (var alliance : books.alliances().entrySet()) {
            long size = books.sizes().getOrDefault(alliance.getKey(), 0L);
            folds =
                    Sorted.with(
                            folds,
                            alliance.getKey().toString(),
                            LogFold.of(alliance.getValue(), size));
        }
        return folds;
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(CLOSE_TIME_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
