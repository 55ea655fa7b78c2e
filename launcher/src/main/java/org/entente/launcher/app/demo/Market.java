package org.entente.launcher.app.demo;

import java.util.Locale;

/// The two chains of the demo: orders are alpha's, customs beta's. What comes from the other chain
/// lands in an inbox contract.
public enum Market {
    ORDERS(Party.ALPHA, "Orders", "granted/"),
    CUSTOMS(Party.BETA, "Customs", "declared/");

    private final Party owner;
    private final String title;
    private final String received;

    Market(Party owner, String title, String received) {
        this.owner = owner;
        this.title = title;
        this.received = received;
    }

    public Party owner() {
        return owner;
    }

    String title() {
        return title;
    }

    /// How the keys begin that its inbox takes.
    public String received() {
        return received;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// How the keys of its own begin that leave it.
    public String offered() {
        return this == ORDERS ? "orders/" : "permits/";
    }

    public Market other() {
        return this == ORDERS ? CUSTOMS : ORDERS;
    }

    /// What somebody did who writes such a key.
    String activity() {
        return this == ORDERS ? "ordered" : "permit granted";
    }

    /// The flow that begins here.
    public String flow() {
        return this == ORDERS ? "orders-to-customs" : "permits-to-orders";
    }

    /// Who asks for what leaves here.
    public String requester() {
        return this == ORDERS ? "trader" : "clerk";
    }
}
