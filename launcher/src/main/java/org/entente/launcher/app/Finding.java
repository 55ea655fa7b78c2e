package org.entente.launcher.app;

import org.entente.client.cli.command.Fields;

import java.util.Locale;

/// One thing that was looked at.
///
/// @param words what was seen
/// @param next what to do; empty when nothing
record Finding(String what, Status status, String words, String next) {

    enum Status {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String what, String words) {
        return new Finding(what, Status.OK, words, "");
    }

    static Finding warn(String what, String words, String next) {
        return new Finding(what, Status.WARN, words, next);
    }

    static Finding fail(String what, String words, String next) {
        return new Finding(what, Status.FAIL, words, next);
    }

    boolean isFailure() {
        return status == Status.FAIL;
    }

    private String word() {
        return status.name().toLowerCase(Locale.ROOT);
    }

    String line() {
        return String.format(Locale.ROOT, "%-4s  %-14s %s", word(), what, words)
                + (next.isEmpty() ? "" : "; " + next);
    }

    Fields fields() {
        return Fields.of("what", what).and("status", word()).and("words", words).and("next", next);
    }
}
