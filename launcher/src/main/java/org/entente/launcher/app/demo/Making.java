package org.entente.launcher.app.demo;

import java.util.Locale;

/// How the blocks of a chain are made.
public enum Making {
    /// By one node.
    SOLO("solo"),
    /// By proof of rest, by four nodes.
    POR("por"),
    /// By PBFT, by four nodes.
    INDUSTRIAL("icb");

    private final String namespace;

    Making(String namespace) {
        this.namespace = namespace;
    }

    /// How the id of such a chain begins.
    String namespace() {
        return namespace;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
