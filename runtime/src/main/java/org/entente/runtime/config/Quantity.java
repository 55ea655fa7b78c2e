package org.entente.runtime.config;

import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers with their units.
final class Quantity {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(KiB|MiB|GiB)?");

    private Quantity() {}

    static Parsed<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return refused("no duration such as 500ms, 10s, 5m, 1h, 7d: '" + text + "'");
        }
        long count = Long.parseLong(matcher.group(1));
        return Parsed.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds != 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds != 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    static Parsed<Long> size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return refused("no size such as 512, 16KiB, 1MiB, 2GiB: '" + text + "'");
        }
        long count = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "" : matcher.group(2);
        int shift =
                switch (unit) {
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    case "GiB" -> 30;
                    default -> 0;
                };
        return count > Long.MAX_VALUE >> shift
                ? refused("too large: " + text)
                : Parsed.of(count << shift);
    }

    static Parsed<Integer> whole(String text) {
        return text.matches("-?[0-9]{1,9}")
                ? Parsed.of(Integer.valueOf(text))
                : refused("no whole number: '" + text + "'");
    }

    private static <T> Parsed<T> refused(String why) {
        return Parsed.refused(Fault.INVALID_VALUE, why);
    }
}
