package org.entente.light.industrial;

import org.entente.protocol.Tagged;

/// What a hash or a signature of such a chain is for (docs/chains/industrial.md §1).
public enum IcbTag implements Tagged {
    SETTINGS("settings"),
    SEALERS("sealers"),
    TABLE("table"),
    PAST("past"),
    WORDS("words"),
    PROPOSE("propose"),
    PREPARE("prepare"),
    COMMIT("commit"),
    CERTIFICATE("certificate"),
    HEARTBEAT("heartbeat"),
    VIEW_CHANGE("view-change"),
    MESSAGE("message"),
    PLEDGE("pledge"),
    TRAIL("trail");

    private final String word;

    IcbTag(String word) {
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
