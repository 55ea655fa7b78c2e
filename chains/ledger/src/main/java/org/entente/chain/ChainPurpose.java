package org.entente.chain;

import org.entente.protocol.Tagged;

/// What a hash or a signature of a chain is for (docs/ledger.md §1). No tag begins like one of the
/// alliance's.
public enum ChainPurpose implements Tagged {
    GENESIS("genesis"),
    TRANSACTION("tx"),
    SIGNED_TRANSACTION("signed-tx"),
    BATCH("batch"),
    RECEIPT("receipt"),
    HEADER("header"),
    CERTIFIED_HEADER("certified-header"),
    BLOCK("block"),
    KEY("key"),
    LEAF("leaf"),
    STATE_PROOF("state-proof"),
    PACT("pact"),
    ANSWER("answer"),
    CODE("code"),
    DEPLOYMENT("deployment"),
    DEPLOYED("deployed"),
    STORED("stored");

    private final String word;

    ChainPurpose(String word) {
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
