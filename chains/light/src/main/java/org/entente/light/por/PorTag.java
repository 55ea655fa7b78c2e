package org.entente.light.por;

import org.entente.protocol.Tagged;

/// What a hash or a signature of such a chain is for (docs/chains/por.md §1).
public enum PorTag implements Tagged {
    SETTINGS("settings"),
    RULES("rules"),
    CREATION("creation"),
    BLOCK("blk"),
    CERTIFICATE("certificate"),
    TRAIL("trail"),
    WORDS("words"),
    PROPOSAL("proposal"),
    CONSENT("consent"),
    EVIDENCE("evidence"),
    MESSAGE("message"),
    MEMBER("member");

    private final String word;

    PorTag(String word) {
        this.word = word;
    }

    @Override
    public String tag() {
        return "por/" + word + "/v1";
    }

    @Override
    public String toString() {
        return tag();
    }
}
