package org.entente.registry.journal;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.registry.StateItem;
import org.entente.registry.journal.ViewedLog.Position;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads everything back and compares it with itself and with the logs, before it is relied on.
final class Inspection {
    private static final int FETCH_SIZE = 1_000;

    private final Connection connection;

    Inspection(Connection connection) {
        this.connection = connection;
    }

    /// What the database holds, when all of it is as it was written and not ahead of the logs.
    SortedMap<String, ViewedLog> of(SortedMap<String, LogFold> folds, EntrySource source)
            throws SQLException, IOException, ViewDamaged {
        SortedMap<String, Position> positions = positions();
        SortedMap<String, List<StateItem>> items = items();
        requirePositions("items", items, positions);
        SortedMap<String, EntryRow> lastRows = entries(positions);
        SortedMap<String, ViewedLog> viewed = new TreeMap<>();
        for (var stored : positions.entrySet()) {
            String log = stored.getKey();
            Position position = stored.getValue();
            List<StateItem> found = items.getOrDefault(log, List.of());
            Digest digest = StateItem.digest(found);
            require(
                    digest.equals(position.items()),
                    log + ": its items have the digest " + digest + ", not " + position.items());
            compare(log, position, folds.getOrDefault(log, new LogFold(0, List::of)));
            EntryRow last = lastRows.get(log);
            require(
                    last != null && last.equals(source.read(log, position.size() - 1)),
                    log + ": its last entry is another in the log");
            viewed.put(log, new ViewedLog(position, ViewedLog.digests(found)));
        }
        return Sorted.copyOf(viewed);
    }

    /// The items of one log, as they are stored.
    List<StateItem> items(String log) throws SQLException, ViewDamaged {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select log, kind, item_key, content, digest from item where log = ?")) {
            select.setString(1, log);
            return read(select).getOrDefault(log, List.of());
        }
    }

    SortedMap<String, Position> positions() throws SQLException {
        SortedMap<String, Position> positions = new TreeMap<>();
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select log, size, items_digest, entries_digest"
                                        + " from log_position");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                positions.put(
                        rows.getString(1),
                        new Position(rows.getLong(2), Rows.digest(rows, 3), Rows.digest(rows, 4)));
            }
        }
        return positions;
    }

    private static void compare(String log, Position position, LogFold fold) throws ViewDamaged {
        require(
                position.size() <= fold.size(),
                log + ": the view has " + position.size() + " entries, the log " + fold.size());
        if (position.size() == fold.size()) {
            Digest wanted = fold.digest();
            require(
                    position.items().equals(wanted),
                    log + ": the view's digest is " + position.items() + ", the fold's " + wanted);
        }
    }

    private SortedMap<String, List<StateItem>> items() throws SQLException, ViewDamaged {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select log, kind, item_key, content, digest from item")) {
            return read(select);
        }
    }

    private static SortedMap<String, List<StateItem>> read(PreparedStatement select)
            throws SQLException, ViewDamaged {
        select.setFetchSize(FETCH_SIZE);
        SortedMap<String, List<StateItem>> items = new TreeMap<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                StateItem item =
                        new StateItem(
                                kind(rows.getInt(2)),
                                Bytes.copyOf(rows.getBytes(3)),
                                Bytes.copyOf(rows.getBytes(4)));
                require(
                        Bytes.copyOf(rows.getBytes(5))
                                .equals(StateItem.FORMAT.digest(item).bytes()),
                        rows.getString(1)
                                + ": the row of "
                                + item.kind()
                                + " "
                                + item.key().asUtf8()
                                + " does not have its digest");
                items.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>()).add(item);
            }
        }
        return items;
    }

    /// The last row of each log, after all of them were read.
    private SortedMap<String, EntryRow> entries(SortedMap<String, Position> positions)
            throws SQLException, ViewDamaged {
        SortedMap<String, EntryRow> last = new TreeMap<>();
        SortedMap<String, Digest> chained = new TreeMap<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select " + Rows.COLUMNS + Rows.FROM + " order by e.log, e.serial")) {
            select.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = select.executeQuery()) {
                Rows.read(
                        rows,
                        row -> {
                            EntryRow before = last.put(row.log(), row);
                            long serial = before == null ? 0 : before.serial() + 1;
                            require(
                                    row.serial() == serial,
                                    row.log() + ": the row of serial " + serial + " is gone");
                            chained.put(
                                    row.log(),
                                    row.chained(chained.getOrDefault(row.log(), Digest.ZERO)));
                        });
            }
        }
        requirePositions("entries", last, positions);
        for (var position : positions.entrySet()) {
            require(
                    position.getValue().entries().equals(chained.get(position.getKey())),
                    position.getKey() + ": its rows of entries are not those that were written");
        }
        return last;
    }

    private static void requirePositions(
            String what, Map<String, ?> found, SortedMap<String, Position> positions)
            throws ViewDamaged {
        for (String log : found.keySet()) {
            require(positions.containsKey(log), log + ": has " + what + " but no position");
        }
    }

    private static StateItem.Kind kind(int code) throws ViewDamaged {
        for (StateItem.Kind kind : StateItem.Kind.values()) {
            if (kind.code() == code) {
                return kind;
            }
        }
        throw new ViewDamaged("no kind of item has the number " + code);
    }

    private static void require(boolean holds, String otherwise) throws ViewDamaged {
        if (!holds) {
            throw new ViewDamaged(otherwise);
        }
    }
}
