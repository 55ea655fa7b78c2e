package org.entente.relay.worker;

import static org.assertj.core.api.Assertions.assertThat;

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
        try (Desk desk = Desk.fresh(directory.resolve("whole"))) {
            for (SignedChange change : story.changes()) {
                desk.accept(change);
            }
            registry = records(desk.logs.registry());
            alliance = records(desk.logs.named(story.alliance().toString()).orElseThrow());
            whole = digest(desk.recorder.books());
            roots = roots(desk.logs);
        }
        assertThat(alliance).hasSize(3);
    }

    @Test
    void before_the_alliance_has_a_folder() throws Exception {
        isRepaired(crashed("none"));
    }

    @Test
    void when_its_folder_is_still_empty() throws Exception {
        Path folder = crashed("empty");
        Files.createDirectories(log(folder));
        isRepaired(folder);
    }

    @Test
    void when_its_folder_has_only_what_is_made_before_the_first_segment() throws Exception {
        Path folder = crashed("spare");
        Files.createDirectories(log(folder));
        Files.createFile(log(folder).resolve("lock"));
        Files.write(log(folder).resolve("spare.zeros"), new byte[4096]);
        isRepaired(folder);
    }

    @Test
    void after_any_of_its_entries() throws Exception {
        for (int had = 0; had <= alliance.size(); had++) {
            Path folder = crashed("had-" + had);
            write(log(folder), story.alliance().digest(), alliance.subList(0, had));
            isRepaired(folder);
        }
    }

    @Test
    void only_the_registrys_last_entry_was_written() throws Exception {
        Path folder = directory.resolve("founding");
        try (Desk desk = Desk.fresh(folder)) {
            for (SignedChange change : story.changes().subList(0, Story.FOUNDING)) {
                desk.accept(change);
            }
        }
        try (Logs logs = Desk.logs(folder, _ -> {})) {
            append(logs.registry(), registry.get(Story.FOUNDING));
        }
        try (Desk desk = Desk.open(folder)) {
            desk.recorder.close();
            assertThat(desk.recorder.books().alliances()).containsOnlyKeys(story.alliance());
            assertThat(desk.recorder.books().owed()).isEmpty();
        }
    }

    /// Opens it twice: the second time nothing is due any more.
    private void isRepaired(Path folder) throws IOException {
        for (int time = 1; time <= 2; time++) {
            try (Desk desk = Desk.open(folder)) {
                desk.recorder.close();
                assertThat(desk.failure).isNotDone();
                assertThat(digest(desk.recorder.books())).as("start " + time).isEqualTo(whole);
                assertThat(roots(desk.logs)).as("start " + time).isEqualTo(roots);
            }
        }
        try (Logs logs = Desk.logs(folder, _ -> {})) {
            new Replay(World.VERIFIER, Replay.Thoroughness.EVERYTHING).of(logs);
        }
    }

    private Path crashed(String name) throws Exception {
        Path folder = directory.resolve(name);
        Logs.create(folder, Desk.ID, LogSettings.SMALL);
        try (Logs logs = Desk.logs(folder, _ -> {})) {
            for (LogRecord record : registry) {
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
