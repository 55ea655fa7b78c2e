package org.entente.runtime.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The address of a route, `/v1/alliances/{id}/epochs/{n}`. A literal segment wins over a `{name}`.
record Template(String text, List<String> segments) implements Comparable<Template> {
    private static final String SEGMENT = "/([A-Za-z0-9._~-]+|\\{[a-z][A-Za-z0-9]*})";

    static Template of(String text) {
        if (!text.equals("/") && !text.matches("(" + SEGMENT + ")+")) {
            throw new IllegalArgumentException("no template of an address: " + text);
        }
        List<String> segments =
                text.equals("/") ? List.of() : Arrays.asList(text.substring(1).split("/"));
        long names = segments.stream().filter(Template::isName).count();
        if (segments.stream().filter(Template::isName).distinct().count() != names) {
            throw new IllegalArgumentException("a name stands twice in " + text);
        }
        return new Template(text, List.copyOf(segments));
    }

    /// What stands at the names, or nothing when the path is not of this template.
    Optional<SortedMap<String, String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        SortedMap<String, String> values = new TreeMap<>();
        for (int index = 0; index < path.size(); index++) {
            String segment = segments.get(index);
            String value = path.get(index);
            if (isName(segment) && !value.isEmpty()) {
                values.put(segment.substring(1, segment.length() - 1), value);
            } else if (!segment.equals(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /// Two templates of one shape match the same paths.
    String shape() {
        return text.replaceAll("\\{[^}]*}", "{}");
    }

    private static boolean isName(String segment) {
        return segment.startsWith("{");
    }

    /// `{` sorts behind every character of a literal.
    @Override
    public int compareTo(Template other) {
        return shape().replace('{', '\uffff').compareTo(other.shape().replace('{', '\uffff'));
    }
}
