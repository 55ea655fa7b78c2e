package org.entente.adapter.own;

import org.entente.protocol.Tagged;

/// The tags of a chain that a light client meets (docs/ledger.md §1).
enum ChainTag implements Tagged {
    GENESIS("genesis"),
    TRANSACTION("tx"),
    SIGNED_TRANSACTION("signed-tx"),
    HEADER("header"),
    CERTIFIED_HEADER("certified-header"),
    KEY("key"),
    LEAF("leaf"),
    STATE_PROOF("state-proof");

    private final String word;

    ChainTag(String word) {
        this.word = word;
    }

    @Override
    public String tag() {
        return "chain/" + word + "/v1";
    }

    @Override
    public String toString() {
        return tag();
    }
}
