package org.entente.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class ConditionTest {
    private static final Facts FACTS = facts(List.of("solo:a/orders/7", "solo:b/orders/7"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "organisation == 'alpha.example' && 'clerk' in roles",
                "flow == 'orders' && attempt < 3",
                "keys.all(key, key.startsWith('solo:'))",
                "versions['solo:a/orders/7'] != 'absent'",
                "sizes['solo:b/orders/7'] <= 1024",
                "time >= timestamp('2026-01-01T00:00:00Z') && time.getFullYear() == 2026",
                "roles.exists(role, keys.exists(key, key.contains(role))) || true"
            })
    void conditions_over_the_entry_hold(String text) {
        assertThat(Condition.compile(text).orThrow().evaluate(FACTS).orThrow()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "'text'",
                "organisation",
                "attempt < 'three'",
                "now() > time",
                "unknown == 1",
                "organisation.matches('(a+)+$')",
                "time.getHours('Europe/Paris') > 8",
                "keys.map(key, key) == keys",
                "attempt <",
                "[1] + [2] == [1, 2] && dyn(1) == 1"
            })
    void what_is_no_bounded_condition_is_refused_with_its_place(String text) {
        assertThat(fault(Condition.compile(text))).contains(Fault.CONDITION_INVALID);
        assertThat(Condition.compile(text).verdict().toString()).contains("line 1, column");
    }

    @Test
    void what_costs_too_much_is_refused() {
        assertThat(fault(Condition.compile("(".repeat(200) + "true" + ")".repeat(200))))
                .contains(Fault.CONDITION_TOO_COSTLY);
        assertThat(fault(Condition.compile("true" + "&&true".repeat(300))))
                .contains(Fault.CONDITION_TOO_COSTLY);
        assertThat(fault(Condition.compile("true" + " && attempt < 5".repeat(400))))
                .contains(Fault.CONDITION_TOO_COSTLY);
        assertThat(
                        fault(
                                Condition.compile(
                                        "keys.all(a, keys.all(b, keys.all(c, a == b || b == c)))")))
                .contains(Fault.CONDITION_TOO_COSTLY);
    }

    @Test
    void a_loop_that_turns_too_often_ends_in_a_refusal_and_never_in_a_yes() {
        Condition condition =
                Condition.compile("keys.all(a, keys.all(b, a == b || true))").orThrow();
        Facts many = facts(Collections.nCopies(1_000, "solo:a/orders/7"));
        assertThat(fault(condition.evaluate(many))).contains(Fault.CONDITION_TOO_COSTLY);
    }

    @Test
    void a_key_that_is_not_there_is_a_refusal_and_never_a_yes() {
        Condition condition = Condition.compile("versions['solo:z/none'] == 'x'").orThrow();
        assertThat(fault(condition.evaluate(FACTS))).contains(Fault.CONDITION_INVALID);
    }

    @ParameterizedTest
    @CsvSource({
        "orders/*, orders/7, true",
        "orders/*, orders/7/lines, false",
        "orders/**, orders/7/lines, true",
        "orders/**, orders, false",
        "orders/7, orders/7, true",
        "orders/7, orders/8, false",
        "**, anything, true",
        "*/lines, orders/lines, true"
    })
    void patterns_match_resources(String pattern, String resource, boolean matches) {
        assertThat(new ResourcePattern(pattern).matches(resource)).isEqualTo(matches);
    }

    /// All patterns of up to three segments over two names, against all resources of up to four.
    @Test
    void containment_and_overlap_are_those_of_the_sets_of_resources() {
        List<String> resources = words(List.of("a", "b"), 5);
        List<String> patterns =
                words(List.of("a", "b", "*", "**"), 3).stream()
                        .filter(text -> !text.contains("**/"))
                        .toList();
        for (String one : patterns) {
            for (String other : patterns) {
                ResourcePattern left = new ResourcePattern(one);
                ResourcePattern right = new ResourcePattern(other);
                assertThat(left.overlaps(right))
                        .as("%s overlaps %s", one, other)
                        .isEqualTo(
                                resources.stream()
                                        .anyMatch(it -> left.matches(it) && right.matches(it)));
                // A name that no pattern knows stands for all other names.
                boolean contained =
                        words(List.of("a", "b", "c"), 5).stream()
                                .filter(right::matches)
                                .allMatch(left::matches);
                assertThat(left.contains(right))
                        .as("%s contains %s", one, other)
                        .isEqualTo(contained);
            }
        }
    }

    private static List<String> words(List<String> segments, int sizeMax) {
        java.util.ArrayList<String> words = new java.util.ArrayList<>(segments);
        List<String> last = segments;
        for (int size = 2; size <= sizeMax; size++) {
            last =
                    last.stream()
                            .flatMap(word -> segments.stream().map(segment -> word + "/" + segment))
                            .toList();
            words.addAll(last);
        }
        return words;
    }

    private static Facts facts(List<String> keys) {
        return new Facts(
                new OrganisationId("alpha.example"),
                Sorted.copyOf(List.of(new Name("clerk"))),
                new Name("orders"),
                keys,
                Sorted.copyOf(Map.of("solo:a/orders/7", "00ff")),
                Sorted.copyOf(Map.of("solo:b/orders/7", 1024L)),
                1,
                Instant.parse("2026-11-21T10:30:15Z"));
    }

    private static <T> Optional<Fault> fault(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Value<T> _ -> Optional.empty();
            case Parsed.Refused<T>(var why) -> Optional.of(why.fault());
        };
    }
}
