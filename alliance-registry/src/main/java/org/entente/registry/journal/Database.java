package org.entente.registry.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.flywaydb.core.Flyway;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// The view's database with its schema, and the few connections to it.
final class Database implements AutoCloseable {
    private static final int CONNECTIONS_MAX = 4;
    private static final Duration CONNECTION_WAIT_MAX = Duration.ofSeconds(5);
    private static final String SCHEMA = "classpath:org/entente/registry/journal/schema";

    private final HikariDataSource connections;

    private Database(HikariDataSource connections) {
        this.connections = connections;
    }

    /// Opens the database, made with its schema when it is missing. What is wrong with it comes as
    /// the pool's or the migration's unchecked exception.
    static Database open(ViewPlace place) throws IOException {
        Files.createDirectories(place.folder());
        HikariConfig config = new HikariConfig();
        config.setPoolName("view");
        config.setJdbcUrl(place.url());
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setConnectionTimeout(CONNECTION_WAIT_MAX.toMillis());
        config.setAutoCommit(false);
        HikariDataSource connections = new HikariDataSource(config);
        try {
            Flyway.configure()
                    .dataSource(connections)
                    .locations(SCHEMA)
                    .cleanDisabled(true)
                    .load()
                    .migrate();
            return new Database(connections);
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    /// One connection with a transaction begun; closing it without `commit` undoes what it did.
    Connection begin() throws SQLException {
        return connections.getConnection();
    }

    @Override
    public void close() {
        connections.close();
    }
}
