package org.entente.relay.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.registry.Alliance;
import org.entente.registry.SignedChange;
import org.entente.registry.fixture.World;
import org.entente.relay.Books;
import org.entente.relay.fixture.Story;
import org.entente.relay.log.Log;
import org.entente.relay.log.LogRecord;
import org.entente.relay.log.LogSettings;
import org.entente.relay.log.LogUnavailable;
import org.entente.relay.log.Opening;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Crashes between an entry of the registry and the entries that it causes in an alliance's log.
final class CrashTest {
    private final Story story = new Story();

    @TempDir private Path directory;

    private List<LogRecord> registry = List.of();
    private List<LogRecord> alliance = List.of();
    private Digest whole = Digest.ZERO;
    private SortedMap<String, Digest> roots = new TreeMap<>();

    /// How an uninterrupted run ends.
    @BeforeEach
    void run() throws IOException, InterruptedException {
        try (Office office = Office.fresh(directory.resolve("whole"))) {
            for (SignedChange change : story.changes()) {
                office.accept(change);
            }
            registry = records(office.logs.registry());
            alliance = records(office.logs.named(story.alliance().toString()).orElseThrow());
            whole = digest(office.recorder.books());
            roots = roots(office.logs);
        }
        assertThat(alliance).hasSize(3);
    }

    @Test
    void before_the_alliance_has_a_folder() throws Exception {
        isRepaired(founded("none"));
    }

    @Test
    void when_its_folder_is_still_empty() throws Exception {
        Path folder = founded("empty");
        Files.createDirectories(log(folder));
        isRepaired(folder);
    }

    @Test
    void when_its_folder_has_only_what_is_made_before_the_first_segment() throws Exception {
        Path folder = founded("spare");
        Files.createDirectories(log(folder));
        Files.createFile(log(folder).resolve("lock"));
        Files.write(log(folder).resolve("spare.zeros"), new byte[4096]);
        isRepaired(folder);
    }

    /// The founding and the two changes after it make one entry due each.
    @Test
    void before_and_after_any_of_its_entries() throws Exception {
        for (int due = 1; due <= alliance.size(); due++) {
            for (int had = due - 1; had <= due; had++) {
                Path folder = crashed("had-" + had + "-of-" + due, Story.FOUNDING + due);
                write(log(folder), story.alliance().digest(), alliance.subList(0, had));
                isRepaired(folder);
            }
        }
    }

    /// Appending it anew would be another log under the same name.
    @Test
    void a_lost_alliance_log_is_named_and_not_made_anew() throws Exception {
        for (int due = 2; due <= alliance.size(); due++) {
            Path folder = crashed("lost-" + due, Story.FOUNDING + due);
            assertThatThrownBy(() -> Office.open(folder))
                    .isInstanceOf(LogsDoNotFit.class)
                    .hasMessageContaining("alliances/" + story.alliance())
                    .hasMessageContaining("Restore the whole folder");
            assertThat(log(folder)).doesNotExist();
        }
    }

    @Test
    void an_alliance_log_of_an_earlier_backup_is_not_brought_up_to_date() throws Exception {
        Path folder = crashed("earlier", registry.size());
        write(log(folder), story.alliance().digest(), alliance.subList(0, 2));
        assertThatThrownBy(() -> Office.open(folder))
                .isInstanceOf(LogsDoNotFit.class)
                .hasMessageContaining("it has 2 changes, and had at least 3");
    }

    @Test
    void a_registry_log_of_an_earlier_backup_is_not_gone_on_with() throws Exception {
        for (int size : new int[] {Story.FOUNDING, Story.FOUNDING + 1}) {
            Path folder = crashed("registry-" + size, size);
            write(log(folder), story.alliance().digest(), alliance);
            assertThatThrownBy(() -> Office.open(folder))
                    .isInstanceOf(LogsDoNotFit.class)
                    .hasMessageContaining("it has 3 changes");
        }
    }

    @Test
    void only_the_registrys_last_entry_was_written() throws Exception {
        Path folder = directory.resolve("founding");
        try (Office office = Office.fresh(folder)) {
            for (SignedChange change : story.changes().subList(0, Story.FOUNDING)) {
                office.accept(change);
            }
        }
        try (Logs logs = Office.logs(folder, _ -> {})) {
            append(logs.registry(), registry.get(Story.FOUNDING));
        }
        try (Office office = Office.open(folder)) {
            office.recorder.close();
            assertThat(office.recorder.books().alliances()).containsOnlyKeys(story.alliance());
            assertThat(office.recorder.books().owed()).isEmpty();
        }
    }

    /// Opens it twice: the second time nothing is due any more. What the story still has follows
    /// the first time.
    private void isRepaired(Path folder) throws IOException, InterruptedException {
        for (int time = 1; time <= 2; time++) {
            try (Office office = Office.open(folder)) {
                int had = (int) office.logs.registry().size();
                for (SignedChange change : story.changes().subList(had, story.changes().size())) {
                    office.accept(change);
                }
                office.recorder.close();
                assertThat(office.failure).isNotDone();
                assertThat(digest(office.recorder.books())).as("start " + time).isEqualTo(whole);
                assertThat(roots(office.logs)).as("start " + time).isEqualTo(roots);
            }
        }
        try (Logs logs = Office.logs(folder, _ -> {})) {
            new Replay(World.VERIFIER, Replay.Thoroughness.EVERYTHING).of(logs);
        }
    }

    private Path founded(String name) throws Exception {
        return crashed(name, Story.FOUNDING + 1);
    }

    /// @param size of the registry's log
    private Path crashed(String name, int size) throws Exception {
        Path folder = directory.resolve(name);
        Logs.create(folder, Office.ID, LogSettings.SMALL);
        try (Logs logs = Office.logs(folder, _ -> {})) {
            for (LogRecord record : registry.subList(0, size)) {
                append(logs.registry(), record);
            }
        }
        return folder;
    }

    private Path log(Path folder) {
        return folder.resolve("alliances").resolve(story.alliance().toString());
    }

    private static void write(Path folder, Digest id, List<LogRecord> records) throws Exception {
        try (Log log = Log.open(folder, id, LogSettings.SMALL, Opening.CREATE, _ -> {})) {
            for (LogRecord record : records) {
                append(log, record);
            }
        }
    }

    private static void append(Log log, LogRecord record)
            throws LogUnavailable, InterruptedException {
        log.append(_ -> Optional.of(record));
    }

    private static List<LogRecord> records(Log log) {
        try (var records = log.stream(0, log.size())) {
            return new ArrayList<>(records.toList());
        }
    }

    private static Digest digest(Books books) {
        Bytes all = books.registry().digest().bytes();
        for (Alliance each : books.alliances().values()) {
            all = all.concat(each.digest().bytes());
        }
        return Digest.of(all);
    }

    private static SortedMap<String, Digest> roots(Logs logs) {
        SortedMap<String, Digest> roots = new TreeMap<>();
        logs.byName().forEach((name, log) -> roots.put(name, log.tree().root()));
        return roots;
    }
}
