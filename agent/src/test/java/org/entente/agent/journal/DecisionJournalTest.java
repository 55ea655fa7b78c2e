package org.entente.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.adapter.Prepared;
import org.entente.agent.Decision;
import org.entente.agent.Errand;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// A journal gives back what it was given, whole, or is not used.
final class DecisionJournalTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:30:15Z");

    @TempDir private Path directory;

    private Path file() {
        return directory.resolve("one.journal");
    }

    private static Decision endorsed(String request) {
        return new Decision.Endorsed(
                Digest.of(Bytes.utf8(request)), Digest.of(Bytes.utf8("proposal")), NOW);
    }

    private List<Decision> held() throws IOException, JournalUnusable {
        try (DecisionJournal journal = DecisionJournal.open(file())) {
            return journal.memory().decisions();
        }
    }

    private void written(String... requests) throws IOException, JournalUnusable {
        try (DecisionJournal journal = DecisionJournal.open(file())) {
            for (String request : requests) {
                journal.append(List.of(new Decision.Time(NOW), endorsed(request)));
            }
        }
    }

    @Test
    void what_was_appended_is_there_again() throws Exception {
        written("one", "two");
        written("three");
        assertThat(held()).contains(endorsed("one"), endorsed("two"), endorsed("three")).hasSize(4);
    }

    @Test
    void what_was_stored_is_there_until_it_is_finished() throws Exception {
        Errand errand = new Errand(Errand.Kind.DELIVERY, "inbox", 7);
        ChainId chain = new ChainId("solo:orders");
        Decision stored =
                new Decision.Stored(
                        errand, chain, new Prepared(Bytes.utf8("id"), Bytes.utf8("bytes")));
        try (DecisionJournal journal = DecisionJournal.open(file())) {
            journal.append(List.of(stored));
        }
        assertThat(held()).contains(stored);
        try (DecisionJournal journal = DecisionJournal.open(file())) {
            journal.append(List.of(new Decision.Finished(errand, chain)));
        }
        assertThat(held()).doesNotContain(stored);
    }

    @Test
    void a_torn_end_is_cut_and_what_follows_is_kept() throws Exception {
        written("one", "two");
        byte[] whole = content();
        for (int cut : new int[] {1, 3, 9, 40}) {
            Files.write(file(), Arrays.copyOf(whole, whole.length - cut));
            assertThat(held()).contains(endorsed("one")).doesNotContain(endorsed("two"));
        }
        written("three");
        assertThat(held()).contains(endorsed("one"), endorsed("three"));
    }

    @Test
    void a_flipped_bit_before_the_end_is_named_and_refused() throws Exception {
        written("one", "two");
        byte[] damaged = content();
        damaged[20] ^= 1;
        Files.write(file(), damaged);
        assertThatThrownBy(this::held)
                .isInstanceOf(JournalUnusable.class)
                .hasMessageContaining("damaged at 0");
    }

    /// Without the zeros behind it.
    private byte[] content() throws IOException {
        byte[] all = Files.readAllBytes(file());
        int end = all.length;
        while (all[end - 1] == 0) {
            end--;
        }
        // A digest or a time may end with zeros of its own; what is cut there is cut above too.
        return Arrays.copyOf(all, end);
    }

    @Test
    void terms_only_grow_and_one_process_holds_the_directory() throws Exception {
        long first;
        try (AgentFiles files = AgentFiles.open(directory)) {
            first = files.nextTerm(5);
            assertThat(files.nextTerm(5)).isGreaterThan(first);
            assertThatThrownBy(() -> AgentFiles.open(directory))
                    .isInstanceOf(JournalUnusable.class)
                    .hasMessageContaining("another process");
        }
        try (AgentFiles files = AgentFiles.open(directory)) {
            assertThat(files.nextTerm(0)).isEqualTo(first + 2);
        }
    }
}
