package org.entente.registry.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.OrganisationId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

class EntrySearchTest {
    private static final Books BOOKS = new Books(12);
    private static final EntryFilter ALL = EntryFilter.ALL;

    @TempDir static Path folder;

    private static Optional<RegistryView> opened = Optional.empty();

    @BeforeAll
    static void opens_a_view() throws Exception {
        opened = Optional.of(RegistryView.open(new ViewPlace(folder), BOOKS.folds(), BOOKS));
    }

    @AfterAll
    static void closes_it() {
        opened.ifPresent(RegistryView::close);
    }

    @Test
    void pages_of_every_size_together_hold_each_entry_once_newest_first() throws Exception {
        List<EntryRow> whole = view().entries(ALL, Optional.empty(), 200).entries();
        assertThat(whole).hasSize(BOOKS.size() + allianceSize());
        assertThat(whole)
                .isSortedAccordingTo(
                        Comparator.comparing(EntryRow::time)
                                .thenComparing(EntryRow::log)
                                .thenComparingLong(EntryRow::serial)
                                .reversed());
        for (int limit = 1; limit <= whole.size(); limit++) {
            List<EntryRow> paged = new ArrayList<>();
            Optional<EntryCursor> before = Optional.empty();
            do {
                EntryPage page = view().entries(ALL, before, limit);
                assertThat(page.entries()).hasSizeBetween(1, limit);
                paged.addAll(page.entries());
                before = page.next().map(next -> EntryCursor.parse(next.toString()));
            } while (before.isPresent());
            assertThat(paged).as("pages of " + limit).isEqualTo(whole);
        }
    }

    @Test
    void entries_are_found_by_kind() throws Exception {
        List<EntryRow> found = found(kind("ChainAdded"));
        assertThat(found).extracting(EntryRow::serial).containsExactly(3L, 2L);
        assertThat(found).extracting(EntryRow::kind).containsOnly("ChainAdded");
    }

    @Test
    void entries_are_found_by_whom_they_name_or_who_signed_them() throws Exception {
        OrganisationId beta = new OrganisationId("beta.example");
        List<EntryRow> found =
                found(
                        new EntryFilter(
                                Optional.empty(),
                                Optional.of(beta),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        assertThat(found).allMatch(row -> row.organisations().contains(beta));
        assertThat(found)
                .extracting(EntryRow::kind)
                .contains("OrganisationEnrolled", "ChainAdded", "NodeAdded", "Approved");
        assertThat(found).hasSizeLessThan(BOOKS.size());
    }

    @Test
    void entries_are_found_by_alliance_in_both_logs() throws Exception {
        List<EntryRow> found =
                found(
                        new EntryFilter(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(BOOKS.alliance()),
                                Optional.empty(),
                                Optional.empty()));
        assertThat(found)
                .extracting(EntryRow::log)
                .contains(LogFold.REGISTRY, BOOKS.alliance().toString());
        assertThat(found).extracting(EntryRow::kind).contains("RecordProposed");
    }

    @Test
    void entries_are_found_by_time() throws Exception {
        List<EntryRow> found =
                found(
                        new EntryFilter(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Books.START.plusMillis(2)),
                                Optional.of(Books.START.plusMillis(4))));
        assertThat(found)
                .filteredOn(row -> row.log().equals(LogFold.REGISTRY))
                .extracting(EntryRow::serial)
                .containsExactly(3L, 2L);
    }

    @Test
    void a_page_size_out_of_bounds_is_refused() {
        assertThatThrownBy(() -> view().entries(ALL, Optional.empty(), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> view().entries(ALL, Optional.empty(), 201))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' or '1' = '1",
                "NodeAdded'; drop table entry; --",
                "\\' or 1=1 --",
                "NodeAdded\u0000",
                "?",
                "%"
            })
    void statements_in_a_filter_are_only_text(String kind) throws Exception {
        assertThat(found(kind(kind))).isEmpty();
        EntryCursor place = new EntryCursor(Books.START.plusSeconds(60), kind, 0);
        view().entries(ALL, Optional.of(place), 10);
        assertThat(found(ALL)).hasSize(BOOKS.size() + allianceSize());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.registry",
                "1.registry.x",
                "1.other.1",
                "1.registry.1;",
                "-1.registry.1"
            })
    void a_cursor_that_is_none_is_refused(String text) {
        assertThatThrownBy(() -> EntryCursor.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static EntryFilter kind(String kind) {
        return new EntryFilter(
                Optional.of(kind),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<EntryRow> found(EntryFilter filter) throws Exception {
        return view().entries(filter, Optional.empty(), EntryPage.SIZE_MAX).entries();
    }

    private static int allianceSize() {
        return BOOKS.allianceSize();
    }

    private static RegistryView view() {
        return opened.orElseThrow();
    }
}
