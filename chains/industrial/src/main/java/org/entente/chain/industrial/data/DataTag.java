package org.entente.chain.industrial.data;

import org.entente.protocol.Tagged;

/// What a hash or a signature about stored data is for (docs/chains/industrial-data.md §1).
public enum DataTag implements Tagged {
    RECORD("data-record"),
    HEAD("data-head"),
    GRANT("data-grant"),
    SERIES("data-series"),
    PART("data-part"),
    DEED("data-deed"),
    WORD("data-word"),
    CHUNK("data-chunk"),
    REQUEST("data-request"),
    KEY("data-key"),
    MANIFEST("data-manifest"),
    UPLOAD("data-upload");

    private final String word;

    DataTag(String word) {
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
