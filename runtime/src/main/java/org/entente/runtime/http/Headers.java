package org.entente.runtime.http;

import org.entente.protocol.Sorted;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Headers of a request or reply, by lower-case name; no value can end its line.
public record Headers(SortedMap<String, List<String>> byName) {
    public static final Headers NONE = new Headers(new TreeMap<>());
    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");

    public Headers {
        byName.forEach((name, values) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "a header's name is a lower-case token, not '" + name + "'");
            }
            for (String value : values) {
                if (!VALUE.matcher(value).matches()) {
                    throw new IllegalArgumentException(
                            "the value of header " + name + " is not printable ASCII");
                }
            }
        });
        byName = Sorted.copyOf(byName);
    }

    /// The same with one more value.
    public Headers with(String name, String value) {
        SortedMap<String, List<String>> more = new TreeMap<>(byName);
        List<String> values = new ArrayList<>(all(name));
        values.add(value);
        more.put(name.toLowerCase(Locale.ROOT), List.copyOf(values));
        return new Headers(more);
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return byName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
