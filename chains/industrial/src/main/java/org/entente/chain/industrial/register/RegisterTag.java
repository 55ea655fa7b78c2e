package org.entente.chain.industrial.register;

import org.entente.protocol.Tagged;

/// What a hash or a signature of a register is for (docs/chains/industrial-registers.md §1).
public enum RegisterTag implements Tagged {
    ORGANISATION("organisation"),
    ORGANISATION_DEED("organisation-deed"),
    PREFIX("prefix"),
    IDENTIFIER("identifier"),
    IDENTIFIER_DEED("identifier-deed"),
    RESOLVE("resolve"),
    SIGNED_RESOLVE("signed-resolve"),
    DEVICE("device"),
    DEVICE_CERTIFICATE("device-certificate"),
    DEVICE_DEED("device-deed"),
    REPORT("report"),
    REPORTED("reported"),
    DEVICE_SERIES("device-series"),
    MISSING("missing"),
    ORDER("order"),
    ORDER_STEP("order-step"),
    ORDER_AUDIT("order-audit"),
    ORDER_DEED("order-deed"),
    BUNDLE("bundle"),
    BUNDLE_SAID("bundle-said"),
    ALERT("alert"),
    LOOKOUT("lookout"),
    SUBSCRIPTION("subscription"),
    ALERT_DEED("alert-deed");

    private final String word;

    RegisterTag(String word) {
        this.word = word;
    }

    @Override
    public String tag() {
        return "icb/" + word + "/v1";
    }

    @Override
    public String toString() {
        return tag();
    }
}
