package org.entente.registry.contract;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Which resources of a chain are meant: names of segments between slashes, `*` for exactly one
/// segment, `**` at the end for one or more (`orders/7`, `orders/*`, `orders/**`).
public record ResourcePattern(String text) implements Comparable<ResourcePattern> {
    public static final int SIZE_MAX = 256;
    public static final int SEGMENT_COUNT_MAX = 16;
    private static final String ONE = "*";
    private static final String MANY = "**";
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._:@%+=-]+");

    public ResourcePattern {
        List<String> segments = segments(text);
        if (text.length() > SIZE_MAX || segments.size() > SEGMENT_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a resource pattern has at most "
                            + SIZE_MAX
                            + " characters in "
                            + SEGMENT_COUNT_MAX
                            + " segments");
        }
        for (int index = 0; index < segments.size(); index++) {
            String segment = segments.get(index);
            boolean last = index == segments.size() - 1;
            if (!(segment.equals(ONE)
                    || (segment.equals(MANY) && last)
                    || SEGMENT.matcher(segment).matches())) {
                throw new IllegalArgumentException(
                        "a resource pattern is segments such as orders/*/lines or orders/**, with"
                                + " ** only at the end, not '"
                                + text
                                + "'");
            }
        }
    }

    /// Whether the pattern means this one resource.
    public boolean matches(String resource) {
        if (resource.length() > SIZE_MAX) {
            return false;
        }
        List<String> mine = segments();
        List<String> its = segments(resource);
        int literal = literalCount();
        if (open() ? its.size() <= literal : its.size() != literal) {
            return false;
        }
        for (int index = 0; index < its.size(); index++) {
            if (its.get(index).isEmpty()
                    || (index < literal && !covers(mine.get(index), its.get(index)))) {
                return false;
            }
        }
        return true;
    }

    /// Whether every resource that the other means is meant here too.
    public boolean contains(ResourcePattern other) {
        List<String> mine = segments();
        List<String> its = other.segments();
        int literal = literalCount();
        if (open() ? its.size() <= literal : other.open() || its.size() != literal) {
            return false;
        }
        for (int index = 0; index < literal; index++) {
            if (its.get(index).equals(MANY) || !covers(mine.get(index), its.get(index))) {
                return false;
            }
        }
        return true;
    }

    /// Whether some resource is meant by both.
    public boolean overlaps(ResourcePattern other) {
        List<String> mine = segments();
        List<String> its = other.segments();
        int shared = Math.min(literalCount(), other.literalCount());
        for (int index = 0; index < shared; index++) {
            if (!covers(mine.get(index), its.get(index))
                    && !covers(its.get(index), mine.get(index))) {
                return false;
            }
        }
        if (open() && other.open()) {
            return true;
        }
        if (open()) {
            return other.literalCount() > literalCount();
        }
        return other.open()
                ? literalCount() > other.literalCount()
                : literalCount() == other.literalCount();
    }

    private int literalCount() {
        return open() ? segments().size() - 1 : segments().size();
    }

    private boolean open() {
        return text.equals(MANY) || text.endsWith("/" + MANY);
    }

    private List<String> segments() {
        return segments(text);
    }

    private static List<String> segments(String text) {
        return Arrays.asList(text.split("/", -1));
    }

    private static boolean covers(String pattern, String segment) {
        return pattern.equals(ONE) || pattern.equals(segment);
    }

    @Override
    public int compareTo(ResourcePattern other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
