package org.entente.protocol;

/// What a hash or a signature is for. The tag begins the hashed bytes, so nothing signed for one
/// purpose passes for another (protocol.md §5.1).
public enum Purpose implements Tagged {
    READS("reads"),
    WRITES("writes"),
    REQUEST("request"),
    EXCHANGE("exchange"),
    PROPOSAL("proposal"),
    ENDORSEMENT("endorsement"),
    SUBMISSION("submission"),
    EVIDENCE("evidence"),
    ATTESTED("attested"),
    ATTEST("attest"),
    ASK("ask"),
    ASKED("asked"),
    SEQUENCE("sequence"),
    FULL_SEQUENCE("full-sequence"),
    OBSERVE("observe"),
    SETTLEMENT("settlement"),
    OBSERVATIONS("observations"),
    CANCELLATION("cancellation"),
    CANCEL_GROUNDS("cancel-grounds"),
    CANCEL_WISH("cancel-wish"),
    PROMISE("promise"),
    REJECTION("rejection"),
    ENTRY("entry"),
    SEAL("seal"),
    SEALED("sealed"),
    DELIVERY("delivery"),
    EPOCH_NOTICE("epoch-notice"),
    CANCEL_NOTICE("cancel-notice"),
    RECEIPT("receipt"),
    BREAK("break"),
    TO_AGENT("to-agent"),
    TO_RELAY("to-relay"),
    EPOCH_RECORD("epoch-record"),
    CHANGE("change"),
    ACT("act"),
    APPROVALS("approvals"),
    STATE("state"),
    FRONTIER("frontier"),
    GRANT("grant"),
    LEDGER("ledger"),
    SIGNED_CHANGE("signed-change");

    private static final String PROJECT = "entente/";
    private static final String VERSION = "/v1";

    private final String word;

    Purpose(String word) {
        this.word = word;
    }

    @Override
    public String tag() {
        return PROJECT + word + VERSION;
    }

    @Override
    public String toString() {
        return tag();
    }
}
