package org.entente.registry.journal;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/// Entries from a join that has one row for each organisation of an entry.
final class Rows {
    static final String COLUMNS =
            "e.log, e.serial, e.kind, e.change, e.alliance, e.at_millis, o.organisation";
    static final String FROM =
            " from entry e left join entry_organisation o"
                    + " on o.log = e.log and o.serial = e.serial";

    private Rows() {}

    interface Each {
        void take(EntryRow row) throws SQLException, ViewDamaged;
    }

    /// @param rows in which all rows of one entry follow one another
    static void read(ResultSet rows, Each each) throws SQLException, ViewDamaged {
        boolean more = rows.next();
        while (more) {
            EntryRow row = row(rows);
            TreeSet<OrganisationId> organisations = new TreeSet<>();
            do {
                Optional.ofNullable(rows.getString(7))
                        .map(OrganisationId::new)
                        .ifPresent(organisations::add);
                more = rows.next();
            } while (more
                    && rows.getLong(2) == row.serial()
                    && rows.getString(1).equals(row.log()));
            each.take(
                    new EntryRow(
                            row.log(),
                            row.serial(),
                            row.kind(),
                            row.change(),
                            organisations,
                            row.alliance(),
                            row.time()));
        }
    }

    static Digest digest(ResultSet rows, int column) throws SQLException {
        return new Digest(Bytes.copyOf(rows.getBytes(column)));
    }

    private static EntryRow row(ResultSet rows) throws SQLException {
        return new EntryRow(
                rows.getString(1),
                rows.getLong(2),
                rows.getString(3),
                digest(rows, 4),
                new TreeSet<>(),
                Optional.ofNullable(rows.getString(5)).map(AllianceId::fromHex),
                Instant.ofEpochMilli(rows.getLong(6)));
    }
}
