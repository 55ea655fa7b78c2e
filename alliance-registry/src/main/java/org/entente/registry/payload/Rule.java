package org.entente.registry.payload;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// One demand on a JSON value. What it does not speak of it allows: a bound on length, any number.
sealed interface Rule {
    /// Where and how a value breaks it.
    ///
    /// @param at the value's place, as a JSON pointer
    Optional<String> broken(JsonNode value, String at);

    private static Optional<String> unless(boolean holds, String at, String why) {
        return holds
                ? Optional.empty()
                : Optional.of((at.isEmpty() ? "the payload" : at) + ": " + why);
    }

    /// `true` and `false`.
    record Any(boolean allowed) implements Rule {
        @Override
        public Optional<String> broken(JsonNode value, String at) {
            return unless(allowed, at, "may not be there");
        }
    }

    /// `type`.
    record OfKind(Set<Kind> kinds) implements Rule {
        public OfKind {
            kinds = Collections.unmodifiableSet(EnumSet.copyOf(kinds));
        }

        @Override
        public Optional<String> broken(JsonNode value, String at) {
            return unless(
                    kinds.stream().anyMatch(kind -> kind.holds(value)),
                    at,
                    "is no " + kinds.stream().map(Kind::word).collect(Collectors.joining(" or ")));
        }
    }

    /// `enum` and `const`.
    record Among(List<JsonNode> values) implements Rule {
        public Among {
            values = List.copyOf(values);
        }

        @Override
        public Optional<String> broken(JsonNode value, String at) {
            return unless(
                    values.stream().anyMatch(each -> same(each, value)),
                    at,
                    "is none of the values that are listed");
        }

        /// Numbers by what they are, not by how they are written.
        private static boolean same(JsonNode one, JsonNode other) {
            if (one.isNumber() && other.isNumber()) {
                return one.decimalValue().compareTo(other.decimalValue()) == 0;
            }
            if (one.isArray() && other.isArray() && one.size() == other.size()) {
                for (int index = 0; index < one.size(); index++) {
                    if (!same(one.get(index), other.get(index))) {
                        return false;
                    }
                }
                return true;
            }
            if (one.isObject() && other.isObject() && one.size() == other.size()) {
                return one.properties().stream()
                        .allMatch(each ->
                                other.has(each.getKey())
                                        && same(each.getValue(), other.get(each.getKey())));
            }
            return !one.isNumber() && !one.isContainer() && one.equals(other);
        }
    }

    /// `minimum`, `maximum` and their exclusive twins.
    ///
    /// @param side 1 where the number may not be less, -1 where it may not be more
    /// @param itself whether the bound belongs to what is allowed
    record Bound(BigDecimal bound, int side, boolean itself) implements Rule {
        @Override
        public Optional<String> broken(JsonNode value, String at) {
            if (!value.isNumber()) {
                return Optional.empty();
            }
            int compared = value.decimalValue().compareTo(bound) * side;
            return unless(
                    compared > 0 || (itself && compared == 0),
                    at,
                    "is not "
                            + (side > 0 ? "above " : "below ")
                            + bound.toString()
                            + (itself ? " or equal to it" : ""));
        }
    }

    /// `minLength`, `maxItems` and the like: how many characters, items, fields.
    record Count(Kind of, long min, long max) implements Rule {
        @Override
        public Optional<String> broken(JsonNode value, String at) {
            if (!of.holds(value)) {
                return Optional.empty();
            }
            long count =
                    of == Kind.STRING
                            ? value.stringValue().codePointCount(0, value.stringValue().length())
                            : value.size();
            return unless(
                    count >= min && count <= max,
                    at,
                    "has " + count + " of " + min + " to " + (max == Long.MAX_VALUE ? "any" : max));
        }
    }

    /// `required`.
    record Required(List<String> names) implements Rule {
        public Required {
            names = List.copyOf(names);
        }

        @Override
        public Optional<String> broken(JsonNode value, String at) {
            return value.isObject()
                    ? names.stream()
                            .filter(name -> !value.has(name))
                            .findFirst()
                            .flatMap(name -> unless(false, at, "lacks " + name))
                    : Optional.empty();
        }
    }

    /// `properties` and `additionalProperties`.
    record Fields(SortedMap<String, Rule> named, Rule others) implements Rule {
        @Override
        public Optional<String> broken(JsonNode value, String at) {
            if (!value.isObject()) {
                return Optional.empty();
            }
            for (Map.Entry<String, JsonNode> each : value.properties()) {
                Rule rule = named.getOrDefault(each.getKey(), others);
                Optional<String> broken =
                        rule.broken(each.getValue(), at + "/" + escaped(each.getKey()));
                if (broken.isPresent()) {
                    return broken;
                }
            }
            return Optional.empty();
        }

        private static String escaped(String name) {
            return name.replace("~", "~0").replace("/", "~1");
        }
    }

    /// `items`.
    record Items(Rule each) implements Rule {
        @Override
        public Optional<String> broken(JsonNode value, String at) {
            if (!value.isArray()) {
                return Optional.empty();
            }
            int index = 0;
            for (JsonNode item : value) {
                Optional<String> broken = each.broken(item, at + "/" + index++);
                if (broken.isPresent()) {
                    return broken;
                }
            }
            return Optional.empty();
        }
    }

    /// All that one object of the schema demands, and `allOf`.
    record All(List<Rule> rules) implements Rule {
        public All {
            rules = List.copyOf(rules);
        }

        @Override
        public Optional<String> broken(JsonNode value, String at) {
            for (Rule rule : rules) {
                Optional<String> broken = rule.broken(value, at);
                if (broken.isPresent()) {
                    return broken;
                }
            }
            return Optional.empty();
        }
    }

    /// `anyOf` and `oneOf`.
    record Some(List<Rule> rules, boolean onlyOne) implements Rule {
        public Some {
            rules = List.copyOf(rules);
        }

        @Override
        public Optional<String> broken(JsonNode value, String at) {
            long held = rules.stream().filter(rule -> rule.broken(value, at).isEmpty()).count();
            return unless(
                    held > 0 && (!onlyOne || held == 1),
                    at,
                    "is " + held + " of " + rules.size() + " kinds that are allowed");
        }
    }

    /// `not`.
    record Not(Rule rule) implements Rule {
        @Override
        public Optional<String> broken(JsonNode value, String at) {
            return unless(rule.broken(value, at).isPresent(), at, "is what is ruled out");
        }
    }
}
