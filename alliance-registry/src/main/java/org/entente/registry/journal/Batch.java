package org.entente.registry.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Rows written many at a time, each of which must be there exactly once.
final class Batch {
    private static final int SIZE = 500;

    private final PreparedStatement statement;
    private int waiting;

    Batch(PreparedStatement statement) {
        this.statement = statement;
    }

    void add() throws SQLException, ViewDamaged {
        statement.addBatch();
        waiting++;
        if (waiting == SIZE) {
            end();
        }
    }

    void end() throws SQLException, ViewDamaged {
        if (waiting == 0) {
            return;
        }
        waiting = 0;
        for (int count : statement.executeBatch()) {
            if (count == 0) {
                throw new ViewDamaged("a row that was written before is gone");
            }
        }
    }
}
