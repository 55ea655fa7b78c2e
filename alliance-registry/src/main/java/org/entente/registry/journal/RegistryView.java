package org.entente.registry.journal;

import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.registry.StateItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// The database view of the logs (docs/view.md).
///
/// One writer brings it forward, a whole step in one transaction; anyone may read. After a failed
/// step it is closed and opened again, which reads back what is there.
public final class RegistryView implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryView.class);

    private final Database database;
    private final EntrySource source;

    /// Guards `viewed` and `summaries`, and that rows are hashed between two steps, not within one.
    private final ReentrantLock stepping = new ReentrantLock();

    private SortedMap<String, ViewedLog> viewed;
    private Optional<SortedMap<String, LogSummary>> summaries = Optional.empty();

    private RegistryView(
            Database database, EntrySource source, SortedMap<String, ViewedLog> viewed) {
        this.database = database;
        this.source = source;
        this.viewed = viewed;
    }

    /// Opens the view and brings it forward to the folds. What is missing is made; what is damaged,
    /// ahead of the logs or different from them is said in the log and made anew.
    ///
    /// @param folds by the name of their log
    public static RegistryView open(
            ViewPlace place, SortedMap<String, LogFold> folds, EntrySource source)
            throws SQLException, IOException, ViewDamaged {
        if (place.exists()) {
            try {
                return existing(place, folds, source);
            } catch (ViewDamaged | SQLException | RuntimeException e) {
                if (Locked.isCauseOf(e)) {
                    throw e;
                }
                LOG.atWarn()
                        .addKeyValue("place", place.folder())
                        .addKeyValue("why", e.getMessage())
                        .log("the view is made anew from the logs");
                place.erase();
            }
        }
        return existing(place, folds, source);
    }

    private static RegistryView existing(
            ViewPlace place, SortedMap<String, LogFold> folds, EntrySource source)
            throws SQLException, IOException, ViewDamaged {
        long begin = System.nanoTime();
        Database database = Database.open(place);
        try {
            SortedMap<String, ViewedLog> viewed;
            try (Connection connection = database.begin()) {
                viewed = new Inspection(connection).of(folds, source);
                connection.rollback();
            }
            RegistryView view = new RegistryView(database, source, viewed);
            view.bring(folds);
            LOG.atInfo()
                    .addKeyValue("logs", folds.size())
                    .addKeyValue(
                            "elapsedMs", Duration.ofNanos(System.nanoTime() - begin).toMillis())
                    .log("the view is as far as the logs");
            return view;
        } catch (SQLException | IOException | ViewDamaged | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// Brings the view forward; only items that changed are written. Either all of it stands
    /// afterwards, or nothing.
    public void bring(SortedMap<String, LogFold> folds)
            throws SQLException, IOException, ViewDamaged {
        stepping.lock();
        try (Connection connection = database.begin()) {
            SortedMap<String, ViewedLog> next = new Step(connection, source).write(viewed, folds);
            connection.commit();
            viewed = next;
            summaries = Optional.empty();
        } finally {
            stepping.unlock();
        }
    }

    /// The digest of a log's state, computed from the rows: equal to that of the fold.
    public Digest digest(String log) throws SQLException, ViewDamaged {
        stepping.lock();
        try (Connection connection = database.begin()) {
            Digest digest = StateItem.digest(new Inspection(connection).items(log));
            connection.rollback();
            return digest;
        } finally {
            stepping.unlock();
        }
    }

    /// How far the view is with each log; computed from the rows once after each step.
    public SortedMap<String, LogSummary> summaries() throws SQLException, ViewDamaged {
        stepping.lock();
        try {
            if (summaries.isEmpty()) {
                SortedMap<String, LogSummary> computed = new TreeMap<>();
                for (var log : viewed.entrySet()) {
                    computed.put(
                            log.getKey(),
                            new LogSummary(log.getValue().position().size(), digest(log.getKey())));
                }
                summaries = Optional.of(Sorted.copyOf(computed));
            }
            return summaries.get();
        } finally {
            stepping.unlock();
        }
    }

    /// Entries for people, newest first.
    ///
    /// @param before where the page before ended
    /// @param limit at most [EntryPage#SIZE_MAX]
    public EntryPage entries(EntryFilter filter, Optional<EntryCursor> before, int limit)
            throws SQLException, ViewDamaged {
        if (limit < 1 || limit > EntryPage.SIZE_MAX) {
            throw new IllegalArgumentException(
                    "a page has 1 to " + EntryPage.SIZE_MAX + " entries, not " + limit);
        }
        try (Connection connection = database.begin()) {
            EntryPage page = new EntrySearch(filter, before).page(connection, limit);
            connection.rollback();
            return page;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
