package org.entente.launcher.app.solo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.chain.Clause;
import org.entente.chain.Effect;
import org.entente.chain.Pact;
import org.entente.chain.Whole;
import org.entente.client.Unusable;
import org.entente.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pacts as people write them.
class PactFileTest {
    private static final Path PAGE = Path.of("../docs/ledger.md");
    private static final String WHEN = "[{\"key\": \"a\", \"exists\": true}]";
    private static final String THEN = "[{\"delete\": \"a\"}]";

    @TempDir private Path folder;

    @Test
    void the_file_that_the_page_shows_is_read_as_it_says() throws Exception {
        Matcher shown =
                Pattern.compile("```json\n(\\{\n  \"until\".*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(PAGE));
        assertThat(shown.find()).isTrue();
        assertThat(read(shown.group(1)))
                .isEqualTo(
                        new Pact(
                                Instant.parse("2027-01-01T00:00:00Z"),
                                List.of(
                                        new Clause.Holds(
                                                new Clause.Where(
                                                        "inbox-customs", text("declared/7")),
                                                text("cleared")),
                                        new Clause.AtLeast(own("stock"), new Whole(5)),
                                        new Clause.Absent(own("held/7")),
                                        new Clause.Since(Instant.parse("2026-12-01T00:00:00Z"))),
                                List.of(
                                        new Effect.Add(text("stock"), new Whole(-5)),
                                        new Effect.Put(text("orders/7"), text("shipped")),
                                        new Effect.Delete(text("waiting/7")))));
    }

    @Test
    void what_is_no_pact_is_refused_with_what_is_wrong() {
        refused("{}", "a pact has until, when and then");
        refused(pact("\"tomorrow\"", WHEN, THEN), "tomorrow");
        refused(pact("\"2027-01-01T00:00:00Z\"", "[]", THEN), "1 to 16 clauses");
        refused(pact("\"2027-01-01T00:00:00Z\"", "7", THEN), "a list is expected, not 7");
        refused(with("[{\"key\": \"a\", \"is\": 7}]", THEN), "a text is expected, not 7");
        refused(with("[{\"key\": \"a\", \"like\": \"b\"}]", THEN), "a clause is");
        refused(with("[{\"key\": \"a\", \"atLeast\": 1.5}]", THEN), "a whole number, not 1.5");
        refused(
                with("[{\"key\": \"a\", \"atLeast\": 1000000000000000000}]", THEN),
                "at most 18 digits");
        refused(with("[{\"inbox\": \"i\", \"since\": \"x\"}]", THEN), "a clause is");
        refused(with(WHEN, "[{\"put\": \"a\"}]"), "an effect is");
        refused(with(WHEN, "[{\"delete\": \"\"}]"), "at least one byte");
        refused("{", "MALFORMED");
        assertThatThrownBy(() -> PactFile.read(folder.resolve("none")))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("cannot read");
    }

    private void refused(String json, String why) {
        assertThatThrownBy(() -> read(json))
                .as(json)
                .isInstanceOf(Unusable.class)
                .hasMessageContaining(why);
    }

    private static String with(String when, String then) {
        return pact("\"2027-01-01T00:00:00Z\"", when, then);
    }

    private static String pact(String until, String when, String then) {
        return "{\"until\": " + until + ", \"when\": " + when + ", \"then\": " + then + "}";
    }

    private Pact read(String json) throws IOException, Unusable {
        Path file = folder.resolve("pact.json");
        Files.writeString(file, json);
        return PactFile.read(file);
    }

    private static Clause.Where own(String key) {
        return new Clause.Where("", text(key));
    }

    private static Bytes text(String text) {
        return Bytes.utf8(text);
    }
}
