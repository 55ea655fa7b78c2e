package org.entente.runtime.http;

import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The decoded address of a request: segments of its path and its query.
///
/// A segment that could be read as another path after decoding (`..`, `%2f`) is refused, never
/// normalised.
record Target(List<String> segments, SortedMap<String, String> query) {
    private static final int QUERY_PARAMETERS_MAX = 64;

    static Parsed<Target> parse(String path, String query) {
        return segments(path)
                .then(segments -> query(query).map(values -> new Target(segments, values)));
    }

    static Parsed<List<String>> segments(String path) {
        if (!path.startsWith("/")) {
            return Parsed.refused(Fault.MALFORMED, "an address begins with /");
        }
        List<String> segments = new ArrayList<>();
        if (path.equals("/")) {
            return Parsed.of(List.of());
        }
        for (String raw : path.substring(1).split("/", -1)) {
            switch (Percent.decode(raw)) {
                case Parsed.Refused<String>(var why) -> {
                    return new Parsed.Refused<>(why);
                }
                case Parsed.Value<String>(String segment) -> {
                    if (segment.equals(".")
                            || segment.equals("..")
                            || segment.matches(".*[/\\\\].*")) {
                        return Parsed.refused(
                                Fault.MALFORMED, "a segment of the address points elsewhere");
                    }
                    segments.add(segment);
                }
            }
        }
        return Parsed.of(List.copyOf(segments));
    }

    private static Parsed<SortedMap<String, String>> query(String query) {
        SortedMap<String, String> values = new TreeMap<>();
        if (query.isEmpty()) {
            return Parsed.of(values);
        }
        String[] pairs = query.split("&", QUERY_PARAMETERS_MAX + 1);
        if (pairs.length > QUERY_PARAMETERS_MAX) {
            return Parsed.refused(
                    Fault.TOO_LARGE, "at most " + QUERY_PARAMETERS_MAX + " query parameters");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String rawName = equals < 0 ? pair : pair.substring(0, equals);
            String rawValue = equals < 0 ? "" : pair.substring(equals + 1).replace("+", "%20");
            Parsed<String> name = Percent.decode(rawName);
            Parsed<String> value = name.then(_ -> Percent.decode(rawValue));
            if (value instanceof Parsed.Refused<String>(var why)) {
                return new Parsed.Refused<>(why);
            }
            if (values.put(name.orThrow(), value.orThrow()) != null) {
                return Parsed.refused(
                        Fault.DUPLICATE_FIELD, "the query names " + name.orThrow() + " twice");
            }
        }
        return Parsed.of(Sorted.copyOf(values));
    }
}
