package org.entente.launcher.app.demo;

import java.util.Locale;

/// Organisations of such an alliance. Alpha and beta have a chain each, the others look on at both;
/// the demo has the first three.
public enum Party {
    ALPHA("Alpha Orders"),
    BETA("Beta Customs"),
    GAMMA("Gamma Port Authority"),
    DELTA("Delta Insurance"),
    EPSILON("Epsilon Bank"),
    ZETA("Zeta Shipping"),
    ETA("Eta Inspection");

    private final String title;

    Party(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /// Its folder, and the first part of its name.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String organisation() {
        return word() + ".example";
    }

    public String agent() {
        return "spiffe://" + organisation() + "/node/agent-1";
    }
}
