package org.entente.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;
import org.entente.registry.journal.EntryRow;
import org.entente.registry.journal.LogFold;
import org.entente.registry.journal.RegistryView;
import org.entente.registry.journal.ViewPlace;
import org.entente.runtime.http.Headers;
import org.entente.runtime.http.Method;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

class EntryRoutesTest {
    @TempDir static Path folder;

    private static Optional<RegistryView> view = Optional.empty();

    @BeforeAll
    static void opens_a_view() throws Exception {
        World world = World.of(List.of(new Member("alpha.example"), new Member("beta.example")));
        SortedMap<String, LogFold> folds =
                Sorted.with(Sorted.empty(), LogFold.REGISTRY, LogFold.of(world.registry()));
        view =
                Optional.of(
                        RegistryView.open(
                                new ViewPlace(folder),
                                folds,
                                (log, serial) -> EntryRow.of(log, world.log().get((int) serial))));
    }

    @AfterAll
    static void closes_it() {
        view.ifPresent(RegistryView::close);
    }

    @Test
    void a_page_names_where_the_next_begins() throws Exception {
        String first = body(ask(query("limit", "4")));
        assertThat(first).contains("\"NodeAdded\"", "\"ChainAdded\"").doesNotContain("Enrolled");
        String next = first.replaceAll("(?s).*\"next\":\"([^\"]+)\".*", "$1");
        String second = body(ask(query("before", next)));
        assertThat(second).contains("OrganisationEnrolled").doesNotContain("\"next\":\"");
    }

    @Test
    void a_filter_narrows() throws Exception {
        String found = body(ask(query("organisation", "beta.example")));
        assertThat(found).contains("beta.example").doesNotContain("alpha.example");
    }

    @ParameterizedTest
    @CsvSource({
        "kind, NodeAdded' or '1'='1",
        "kind, NodeAdded;drop table entry",
        "organisation, x' or 1=1 --",
        "alliance, ff",
        "since, yesterday",
        "since, 1066-10-14T00:00:00Z",
        "until, 2026-11-21",
        "before, 1.registry.1) or (1=1",
        "limit, 0",
        "limit, 201",
        "limit, 99999",
        "limit, -1",
        "order, serial"
    })
    void a_value_of_another_form_is_refused(String name, String value) throws Exception {
        assertThat(ask(query(name, value)))
                .isInstanceOfSatisfying(
                        Reply.Problem.class,
                        problem ->
                                assertThat(problem.why().fault()).isEqualTo(Fault.INVALID_VALUE));
    }

    @Test
    void without_a_view_the_answer_is_to_ask_again() throws Exception {
        assertThat(new EntryRoutes(Optional::empty).entries(request(Sorted.empty())))
                .isInstanceOfSatisfying(
                        Reply.Problem.class,
                        problem -> assertThat(problem.why().fault()).isEqualTo(Fault.OVERLOADED));
    }

    private static Reply ask(SortedMap<String, String> query) throws Exception {
        return new EntryRoutes(() -> view).entries(request(query));
    }

    private static Request request(SortedMap<String, String> query) {
        return new Request(
                Method.GET,
                "/v1/entries",
                Sorted.empty(),
                query,
                Headers.NONE,
                Bytes.EMPTY,
                List.of());
    }

    private static SortedMap<String, String> query(String name, String value) {
        return Sorted.with(Sorted.empty(), name, value);
    }

    private static String body(Reply reply) {
        return ((Reply.Whole) reply).body().asUtf8();
    }
}
