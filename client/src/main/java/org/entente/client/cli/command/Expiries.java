package org.entente.client.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Warns before something ends: 30, 7 and 1 days ahead (protocol.md §2.6).
public final class Expiries {
    private static final Duration NOTICE = Duration.ofDays(30);
    private static final Duration SOON = Duration.ofDays(7);
    private static final Duration URGENT = Duration.ofDays(1);

    private final Instant now;
    private final List<String> warnings = new ArrayList<>();

    public Expiries(Instant now) {
        this.now = now;
    }

    public void add(String what, Instant end) {
        Duration left = Duration.between(now, end);
        if (left.isNegative()) {
            warnings.add("ended: " + what + " ended " + end);
        } else if (left.compareTo(NOTICE) <= 0) {
            String word =
                    left.compareTo(URGENT) <= 0
                            ? "urgent"
                            : left.compareTo(SOON) <= 0 ? "soon" : "notice";
            warnings.add(
                    word + ": " + what + " ends in " + Durations.words(left) + " (" + end + ")");
        }
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
