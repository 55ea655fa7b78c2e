package org.entente.registry.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Sorted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.SortedMap;

class RegistryViewTest {
    private static final Books BOOKS = new Books(6);

    @TempDir Path folder;

    private ViewPlace place = new ViewPlace(Path.of("unset"));

    @BeforeEach
    void chooses_a_place() {
        place = new ViewPlace(folder.resolve("view"));
    }

    @Test
    void the_digest_of_the_rows_is_the_digest_of_the_fold_at_every_size() throws Exception {
        try (RegistryView view = open(Sorted.empty())) {
            for (int size = 1; size <= BOOKS.size(); size++) {
                view.bring(BOOKS.registryFold(size));
                assertThat(view.digest(LogFold.REGISTRY)).isEqualTo(BOOKS.registry(size).digest());
            }
            view.bring(BOOKS.folds());
            requireCurrent(view);
        }
    }

    @Test
    void a_step_over_many_entries_reaches_the_same_as_many_steps() throws Exception {
        try (RegistryView view = open(BOOKS.folds())) {
            requireCurrent(view);
        }
    }

    @Test
    void an_item_that_stays_is_not_written_again() throws Exception {
        try (RegistryView view = open(BOOKS.registryFold(2))) {
            sql("update item set digest = X'00'");
            view.bring(BOOKS.registryFold(3));
            assertThat(number("select count(*) from item where digest = X'00'")).isEqualTo(2);
        }
    }

    @Test
    void a_view_that_was_closed_goes_on_where_it_was() throws Exception {
        open(BOOKS.registryFold(3)).close();
        sql("create table witness (n int)");
        try (RegistryView view = open(BOOKS.folds())) {
            requireCurrent(view);
        }
        assertThat(number("select count(*) from witness")).isZero();
    }

    @Test
    void a_deleted_database_is_made_again_with_the_same_digest() throws Exception {
        open(BOOKS.folds()).close();
        place.erase();
        assertThat(place.exists()).isFalse();
        try (RegistryView view = open(BOOKS.folds())) {
            requireCurrent(view);
        }
    }

    @Test
    void a_file_that_is_no_database_is_replaced() throws Exception {
        Files.createDirectories(place.folder());
        Files.writeString(place.folder().resolve("registry.mv.db"), "garbage ".repeat(2_000));
        try (RegistryView view = open(BOOKS.folds())) {
            requireCurrent(view);
        }
    }

    @Test
    void a_changed_item_is_noticed() throws Exception {
        requireMadeAnewAfter("update item set content = content || X'00' where kind = 3");
    }

    @Test
    void a_changed_digest_of_an_item_is_noticed() throws Exception {
        requireMadeAnewAfter("update item set digest = X'00' where kind = 3");
    }

    @Test
    void a_lost_item_is_noticed() throws Exception {
        open(BOOKS.registryFold(4)).close();
        sql("delete from item where kind = 2");
        requireMadeAnew();
    }

    @Test
    void items_of_another_state_are_noticed_by_the_folds_digest() throws Exception {
        Books others = new Books(6);
        RegistryView.open(place, others.registryFold(4), others).close();
        sql("create table witness (n int)");
        try (RegistryView view = open(BOOKS.registryFold(4))) {
            assertThat(view.digest(LogFold.REGISTRY)).isEqualTo(BOOKS.registry(4).digest());
        }
        requireNoWitness();
    }

    @Test
    void a_view_of_another_log_that_is_behind_is_noticed_by_its_last_entry() throws Exception {
        Books others = new Books(6);
        RegistryView.open(place, others.registryFold(2), others).close();
        requireMadeAnew();
    }

    @Test
    void a_changed_entry_is_noticed() throws Exception {
        requireMadeAnewAfter("update entry set kind = 'ChainAdded' where serial = 1");
    }

    @Test
    void a_lost_organisation_of_an_entry_is_noticed() throws Exception {
        requireMadeAnewAfter("delete from entry_organisation where serial = 1");
    }

    @Test
    void a_lost_entry_is_noticed() throws Exception {
        requireMadeAnewAfter("delete from entry where serial = 2");
    }

    @Test
    void a_lost_position_is_noticed() throws Exception {
        requireMadeAnewAfter("delete from log_position where log = 'registry'");
    }

    @Test
    void a_view_that_is_ahead_of_the_log_is_made_anew() throws Exception {
        open(BOOKS.folds()).close();
        sql("create table witness (n int)");
        try (RegistryView view = open(BOOKS.registryFold(5))) {
            assertThat(view.digest(LogFold.REGISTRY)).isEqualTo(BOOKS.registry(5).digest());
            assertThat(view.summaries())
                    .containsExactly(
                            java.util.Map.entry(
                                    LogFold.REGISTRY,
                                    new LogSummary(5, BOOKS.registry(5).digest())));
        }
        requireNoWitness();
    }

    @Test
    void a_changed_schema_is_made_anew() throws Exception {
        requireMadeAnewAfter("drop table entry_organisation");
    }

    @Test
    void a_migration_that_was_tampered_with_is_noticed() throws Exception {
        requireMadeAnewAfter("update \"flyway_schema_history\" set \"checksum\" = 1");
    }

    @Test
    void a_crash_within_a_step_leaves_the_step_before() throws Exception {
        SortedMap<String, ViewedLog> before;
        open(BOOKS.registryFold(4)).close();
        sql("create table witness (n int)");
        try (Database database = Database.open(place)) {
            Connection crashing = database.begin();
            before = new Inspection(crashing).of(BOOKS.folds(), BOOKS);
            new Step(crashing, BOOKS).write(before, BOOKS.folds());
            assertThat(crashing.createStatement().executeUpdate("update item set kind = kind"))
                    .isGreaterThan(5);
            try (Connection flushing = database.begin()) {
                flushing.createStatement().execute("checkpoint sync");
            }
            crashing.createStatement().execute("shutdown immediately");
        }
        try (Database database = Database.open(place);
                Connection connection = database.begin()) {
            assertThat(new Inspection(connection).of(BOOKS.registryFold(4), BOOKS))
                    .isEqualTo(before);
        }
        try (RegistryView view = open(BOOKS.folds())) {
            requireCurrent(view);
        }
        assertThat(number("select count(*) from witness")).isZero();
    }

    @Test
    void a_step_that_fails_leaves_nothing_of_itself() throws Exception {
        open(BOOKS.registryFold(4)).close();
        EntrySource failing =
                (log, serial) -> {
                    if (serial == 6) {
                        throw new java.io.IOException("the disk does not answer");
                    }
                    return BOOKS.read(log, serial);
                };
        try (RegistryView view = RegistryView.open(place, BOOKS.registryFold(4), failing)) {
            assertThatThrownBy(() -> view.bring(BOOKS.folds()))
                    .isInstanceOf(java.io.IOException.class);
            assertThat(view.digest(LogFold.REGISTRY)).isEqualTo(BOOKS.registry(4).digest());
            assertThat(number("select count(*) from entry")).isEqualTo(4);
        }
    }

    @Test
    void a_database_that_another_process_has_open_is_not_erased() throws Exception {
        Process other = holding();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("open");
            assertThatThrownBy(() -> open(BOOKS.folds()))
                    .satisfies(e -> assertThat(Locked.isCauseOf(e)).isTrue());
            assertThat(place.exists()).isTrue();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void an_interrupted_reader_does_not_close_the_database() throws Exception {
        try (RegistryView view = open(BOOKS.folds())) {
            Thread reader =
                    Thread.ofVirtual()
                            .start(() -> {
                                Thread.currentThread().interrupt();
                                try {
                                    view.digest(LogFold.REGISTRY);
                                } catch (java.sql.SQLException | ViewDamaged _) {
                                    Thread.currentThread().interrupt();
                                }
                            });
            reader.join();
            requireCurrent(view);
        }
    }

    @Test
    void a_folder_that_would_add_settings_to_the_address_is_refused() {
        assertThatThrownBy(() -> new ViewPlace(Path.of("a;INIT=DROP ALL OBJECTS")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Process holding() throws java.io.IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldingProcess.class.getName(),
                        place.folder().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private RegistryView open(SortedMap<String, LogFold> folds) throws Exception {
        return RegistryView.open(place, folds, BOOKS);
    }

    private static void requireCurrent(RegistryView view) throws Exception {
        assertThat(view.digest(LogFold.REGISTRY)).isEqualTo(BOOKS.registry(BOOKS.size()).digest());
        assertThat(view.digest(BOOKS.alliance().toString())).isEqualTo(BOOKS.fold().digest());
    }

    private void requireMadeAnewAfter(String damage) throws Exception {
        open(BOOKS.folds()).close();
        sql(damage);
        requireMadeAnew();
    }

    private void requireMadeAnew() throws Exception {
        sql("create table witness (n int)");
        try (RegistryView view = open(BOOKS.folds())) {
            requireCurrent(view);
        }
        requireNoWitness();
    }

    /// A table that only erasing the database removes.
    private void requireNoWitness() throws Exception {
        assertThat(
                        number(
                                "select count(*) from information_schema.tables"
                                        + " where table_name = 'witness'"))
                .as("the database was made anew")
                .isZero();
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = java.sql.DriverManager.getConnection(place.url());
                Statement changing = connection.createStatement()) {
            changing.execute(statement);
        }
    }

    private long number(String query) throws Exception {
        try (Connection connection = java.sql.DriverManager.getConnection(place.url());
                Statement asking = connection.createStatement();
                ResultSet rows = asking.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
