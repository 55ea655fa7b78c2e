package org.entente.client.cli.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as people write them: `90s`, `10m`, `1h`, `7d`.
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhd])");

    private Durations() {}

    public static Duration read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a time is written 90s, 10m, 1h or 7d, not " + text);
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /// Roughly, for a sentence: `27 days`, `3 hours`.
    public static String words(Duration duration) {
        long days = duration.toDays();
        long hours = duration.toHours();
        return days >= 2
                ? days + " days"
                : hours >= 2 ? hours + " hours" : duration.toMinutes() + " minutes";
    }
}
