package org.entente.registry.contract;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A duration as people write it: `500ms`, `10s`, `5m`, `2h`, `7d`.
final class DurationText {
    static final String FORM = "[1-9][0-9]{0,8}(ms|s|m|h|d)";
    private static final Pattern PATTERN = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d)");

    private DurationText() {}

    static Duration parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a duration is a number with its unit, such as 10s or 7d, not '" + text + "'");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
