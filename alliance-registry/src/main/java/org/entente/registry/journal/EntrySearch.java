package org.entente.registry.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds entries, newest first. Every value is a parameter of the statement, never part of it.
final class EntrySearch {
    private static final Duration TIME_MAX = Duration.ofSeconds(5);
    private static final String ORDER = " order by e.at_millis desc, e.log desc, e.serial desc";

    private final StringBuilder where = new StringBuilder(" where 1 = 1");
    private final List<Object> values = new ArrayList<>();

    EntrySearch(EntryFilter filter, Optional<EntryCursor> before) {
        filter.kind().ifPresent(kind -> and("e.kind = ?", kind));
        filter.alliance().ifPresent(id -> and("e.alliance = ?", id.toString()));
        filter.since().ifPresent(time -> and("e.at_millis >= ?", time.toEpochMilli()));
        filter.until().ifPresent(time -> and("e.at_millis < ?", time.toEpochMilli()));
        filter.organisation()
                .ifPresent(id ->
                        and(
                                "exists (select 1 from entry_organisation f where f.log = e.log"
                                        + " and f.serial = e.serial and f.organisation = ?)",
                                id.domain()));
        before.ifPresent(place ->
                and(
                        "(e.at_millis, e.log, e.serial) < (?, ?, ?)",
                        place.time().toEpochMilli(),
                        place.log(),
                        place.serial()));
    }

    EntryPage page(Connection connection, int limit) throws SQLException, ViewDamaged {
        String page =
                "select e.log, e.serial, e.kind, e.change, e.alliance, e.at_millis from entry e"
                        + where
                        + ORDER
                        + " limit ?";
        List<EntryRow> found = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select "
                                + Rows.COLUMNS
                                + " from ("
                                + page
                                + ") e left join entry_organisation o"
                                + " on o.log = e.log and o.serial = e.serial"
                                + ORDER)) {
            select.setQueryTimeout((int) TIME_MAX.toSeconds());
            int index = 1;
            for (Object value : values) {
                select.setObject(index++, value);
            }
            select.setInt(index, limit + 1);
            try (ResultSet rows = select.executeQuery()) {
                Rows.read(rows, found::add);
            }
        }
        if (found.size() <= limit) {
            return new EntryPage(found, Optional.empty());
        }
        return new EntryPage(found.subList(0, limit), Optional.of(found.get(limit - 1).cursor()));
    }

    private void and(String condition, Object... parameters) {
        where.append(" and ").append(condition);
        values.addAll(List.of(parameters));
    }
}
