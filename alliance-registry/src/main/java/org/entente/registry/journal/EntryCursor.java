package org.entente.registry.journal;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in the order of all entries, by time, log and serial: a page begins behind it. An entry
/// that is added later is newer, so no page shifts.
public record EntryCursor(Instant time, String log, long serial) {
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,15})\\.(registry|[0-9a-f]{64})\\.([0-9]{1,18})");

    public static EntryCursor parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "before is the `next` of an earlier page, not "
                            + (text.length() > 100 ? text.substring(0, 100) + "…" : text));
        }
        return new EntryCursor(
                Instant.ofEpochMilli(Long.parseLong(parts.group(1))),
                parts.group(2),
                Long.parseLong(parts.group(3)));
    }

    @Override
    public String toString() {
        return time.toEpochMilli() + "." + log + "." + serial;
    }
}
