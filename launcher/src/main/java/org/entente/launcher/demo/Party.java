package org.entente.launcher.demo;

import java.util.Locale;

/// The organisations of the demo. Gamma has no chain of its own: it looks on at both.
enum Party {
    ALPHA("Alpha Orders"),
    BETA("Beta Customs"),
    GAMMA("Gamma Port Authority");

    private final String title;

    Party(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /// Its folder, and the first part of its name.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String organisation() {
        return word() + ".example";
    }

    String agent() {
        return "spiffe://" + organisation() + "/node/agent-1";
    }
}
