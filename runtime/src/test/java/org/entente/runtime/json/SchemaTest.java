package org.entente.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.runtime.fixture.Described;
import org.entente.runtime.http.Answers;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Routes;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A schema is of what is written, no more and no less.
final class SchemaTest {
    private record All(
            String text,
            int count,
            Long many,
            double share,
            boolean is,
            Digest digest,
            Bytes bytes,
            ChainId chain,
            Kind kind,
            Optional<Long> maybe,
            List<Inner> inner,
            SortedMap<String, Inner> named) {}

    private record Inner(String word) {}

    private record Odd(Object what) {}

    private record Fewer(String text) {}

    private enum Kind {
        ONE,
        OTHER
    }

    private static All all(Optional<Long> maybe) {
        return new All(
                "text",
                1,
                2L,
                0.5,
                true,
                Digest.ZERO,
                Bytes.utf8("bytes"),
                new ChainId("solo:one"),
                Kind.OTHER,
                maybe,
                List.of(new Inner("in a list")),
                Sorted.with(Sorted.empty(), "name", new Inner("in a map")));
    }

    private static void fits(Class<?> described, Object written) {
        Routes routes = Routes.none().get("/x", Answers.json(described, _ -> Reply.json(written)));
        Described.fits(routes, "GET /x", Json.read(Json.write(written), 1_000).orThrow());
    }

    @Test
    void a_record_is_written_as_its_schema_says() {
        fits(All.class, all(Optional.of(7L)));
        fits(All.class, all(Optional.empty()));
    }

    @Test
    void a_field_more_or_less_or_of_another_type_does_not_fit() {
        Inner inner = new Inner("word");
        assertThatThrownBy(() -> fits(Fewer.class, inner)).hasMessageContaining("has text");
        record More(String text, String word) {}
        assertThatThrownBy(() -> fits(Inner.class, new More("", "")))
                .hasMessageContaining("knows text");
        record Other(int word) {}
        assertThatThrownBy(() -> fits(Inner.class, new Other(1))).hasMessageContaining("word");
        record None(Optional<String> word) {}
        assertThatThrownBy(() -> fits(Inner.class, new None(Optional.empty())))
                .hasMessageContaining("word");
    }

    @Test
    void it_says_so_in_the_words_of_a_json_schema() {
        assertThat(Schema.list(Inner.class).json())
                .hasToString(
                        """
                        {"type":"array","items":{"type":"object","required":["word"],\
                        "properties":{"word":{"type":"string"}}}}\
                        """);
        assertThat(Schema.of(All.class).json().at("/properties/maybe"))
                .hasToString("{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"null\"}]}");
        assertThat(Schema.of(All.class).json().at("/properties/kind"))
                .hasToString("{\"type\":\"string\",\"enum\":[\"ONE\",\"OTHER\"]}");
    }

    @Test
    void what_may_be_written_as_anything_has_none() {
        assertThatThrownBy(() -> Schema.of(Odd.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Object");
    }

    @Test
    void what_may_leave_fields_out_has_none() {
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
        record Less(Optional<String> word) {}
        assertThatThrownBy(() -> Schema.of(Less.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leaves fields out");
    }
}
