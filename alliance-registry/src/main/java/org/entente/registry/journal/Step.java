package org.entente.registry.journal;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;
import org.entente.registry.StateItem;
import org.entente.registry.journal.ViewedLog.ItemKey;
import org.entente.registry.journal.ViewedLog.Position;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;

/// Brings the rows forward to the folds, inside one transaction of the caller.
final class Step {
    private static final int BATCH_SIZE = 500;

    private final Connection connection;
    private final EntrySource source;

    Step(Connection connection, EntrySource source) {
        this.connection = connection;
        this.source = source;
    }

    /// @return what the database holds once the transaction is committed
    SortedMap<String, ViewedLog> write(
            SortedMap<String, ViewedLog> before, SortedMap<String, LogFold> folds)
            throws SQLException, IOException, ViewDamaged {
        SortedMap<String, ViewedLog> after = before;
        for (var fold : folds.entrySet()) {
            String log = fold.getKey();
            ViewedLog had = before.getOrDefault(log, ViewedLog.NONE);
            if (fold.getValue().size() > had.position().size()) {
                after = Sorted.with(after, log, write(log, had, fold.getValue()));
            }
        }
        return after;
    }

    private ViewedLog write(String log, ViewedLog had, LogFold fold)
            throws SQLException, IOException, ViewDamaged {
        List<StateItem> items = fold.items().get();
        SortedMap<ItemKey, Digest> digests = ViewedLog.digests(items);
        Digest entries = entries(log, had.position(), fold.size());
        remove(log, had.items(), digests);
        put(log, had.items(), items, digests);
        Position position = new Position(fold.size(), StateItem.digest(items), entries);
        position(log, had, position);
        return new ViewedLog(position, digests);
    }

    private Digest entries(String log, Position from, long size) throws SQLException, IOException {
        Digest chained = from.entries();
        try (PreparedStatement entry =
                        connection.prepareStatement(
                                "insert into entry (log, serial, kind, change, alliance, at_millis)"
                                        + " values (?, ?, ?, ?, ?, ?)");
                PreparedStatement party =
                        connection.prepareStatement(
                                "insert into entry_organisation (log, serial, organisation)"
                                        + " values (?, ?, ?)")) {
            for (long serial = from.size(); serial < size; serial++) {
                EntryRow row = source.read(log, serial);
                chained = row.chained(chained);
                add(entry, party, row);
                if ((serial + 1) % BATCH_SIZE == 0 || serial + 1 == size) {
                    entry.executeBatch();
                    party.executeBatch();
                }
            }
        }
        return chained;
    }

    private static void add(PreparedStatement entry, PreparedStatement party, EntryRow row)
            throws SQLException {
        entry.setString(1, row.log());
        entry.setLong(2, row.serial());
        entry.setString(3, row.kind());
        entry.setBytes(4, row.change().bytes().toArray());
        entry.setString(5, row.alliance().map(AllianceId::toString).orElse(null));
        entry.setLong(6, row.time().toEpochMilli());
        entry.addBatch();
        for (OrganisationId organisation : row.organisations()) {
            party.setString(1, row.log());
            party.setLong(2, row.serial());
            party.setString(3, organisation.domain());
            party.addBatch();
        }
    }

    private void remove(
            String log, SortedMap<ItemKey, Digest> had, SortedMap<ItemKey, Digest> wanted)
            throws SQLException, ViewDamaged {
        try (PreparedStatement delete =
                connection.prepareStatement(
                        "delete from item where log = ? and kind = ? and item_key = ?")) {
            Batch batch = new Batch(delete);
            for (ItemKey key : had.keySet()) {
                if (!wanted.containsKey(key)) {
                    delete.setString(1, log);
                    delete.setInt(2, key.kind().code());
                    delete.setBytes(3, key.key().toArray());
                    batch.add();
                }
            }
            batch.end();
        }
    }

    private void put(
            String log,
            SortedMap<ItemKey, Digest> had,
            List<StateItem> items,
            SortedMap<ItemKey, Digest> digests)
            throws SQLException, ViewDamaged {
        try (PreparedStatement update =
                        connection.prepareStatement(
                                "update item set content = ?, digest = ?"
                                        + " where log = ? and kind = ? and item_key = ?");
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into item (content, digest, log, kind, item_key)"
                                        + " values (?, ?, ?, ?, ?)")) {
            Batch updates = new Batch(update);
            Batch inserts = new Batch(insert);
            for (StateItem item : items) {
                ItemKey key = ItemKey.of(item);
                Digest digest = digests.getOrDefault(key, Digest.ZERO);
                if (!had.containsKey(key)) {
                    set(insert, log, item, digest);
                    inserts.add();
                } else if (!digest.equals(had.get(key))) {
                    set(update, log, item, digest);
                    updates.add();
                }
            }
            updates.end();
            inserts.end();
        }
    }

    private static void set(PreparedStatement to, String log, StateItem item, Digest digest)
            throws SQLException {
        to.setBytes(1, item.content().toArray());
        to.setBytes(2, digest.bytes().toArray());
        to.setString(3, log);
        to.setInt(4, item.kind().code());
        to.setBytes(5, item.key().toArray());
    }

    private void position(String log, ViewedLog had, Position position)
            throws SQLException, ViewDamaged {
        String sql =
                had.position().size() == 0
                        ? "insert into log_position (size, items_digest, entries_digest, log)"
                                + " values (?, ?, ?, ?)"
                        : "update log_position set size = ?, items_digest = ?, entries_digest = ?"
                                + " where log = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, position.size());
            statement.setBytes(2, position.items().bytes().toArray());
            statement.setBytes(3, position.entries().bytes().toArray());
            statement.setString(4, log);
            Batch batch = new Batch(statement);
            batch.add();
            batch.end();
        }
    }
}
